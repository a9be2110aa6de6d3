"""Keys of the registry as Office, WPS and a unit's policies leave them."""

import winreg

ROOTS = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}


def put(key, name, value):
    """Write a value: a number, a text, or a list of bytes."""
    root, _, rest = key.partition("\\")
    kind = {int: winreg.REG_DWORD, str: winreg.REG_SZ}.get(type(value), winreg.REG_BINARY)
    with winreg.CreateKey(ROOTS[root], rest) as opened:
        winreg.SetValueEx(opened, name, 0, kind, bytes(value) if isinstance(value, list) else value)


def drop(key, name):
    """Remove a value."""
    root, _, rest = key.partition("\\")
    with winreg.OpenKey(ROOTS[root], rest, 0, winreg.KEY_SET_VALUE) as opened:
        winreg.DeleteValue(opened, name)


def opens(extension, program):
    """Let a program open files of this kind (for all users: Wine 8 does not ask for this one)."""
    kind = f"tests{extension}"
    put(rf"HKLM\Software\Classes\{extension}", "", kind)
    put(rf"HKLM\Software\Classes\{kind}\shell\open\command", "", f'"{program}" "%1"')


def opens_no_more(extension):
    """Take that back."""
    root = winreg.HKEY_LOCAL_MACHINE
    for key in (extension, rf"tests{extension}\shell\open\command"):
        winreg.DeleteKey(root, rf"Software\Classes\{key}")
