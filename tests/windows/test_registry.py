"""The doctor's look at a computer: keys as Office, WPS of 32 and 64 bits, and a unit's policies leave them."""

import pytest

from nianbao.excel.addin.build import FILE_NAME

pytestmark = pytest.mark.xdist_group("windows")
EXCEL = "HKCU\\Software\\Microsoft\\Office\\16.0\\Excel"
POLICY = "HKCU\\Software\\Policies\\Microsoft\\Office\\16.0\\Excel"
VERSION = ("HKLM\\SOFTWARE\\Classes\\Excel.Application\\CurVer", "", "Excel.Application.16")
RULES = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Windows Defender Exploit Guard\\ASR\\Rules"
NO_CHILDREN = (RULES, "D4F940AB-401B-4EFC-AADC-AD5F3C50688A", "1")
WPS = "Kingsoft\\Office\\6.0\\Common"
DISABLED = list(b"\x01\0\0\0" + f"C:\\XLSTART\\{FILE_NAME}".encode("utf-16-le"))

FOUND = {
    "nothing": ((), "没有找到 Excel"),
    "Excel": ((VERSION,), "Excel 16.0"),
    "WPS of 64 bits without VBA": (((f"HKLM\\SOFTWARE\\{WPS}", "InstallRoot", "C:\\WPS"),), "只有 WPS，没有 VBA 组件"),
    "WPS of 32 bits without VBA": (
        ((f"HKLM\\SOFTWARE\\WOW6432Node\\{WPS}", "InstallRoot", "C:\\WPS"),),
        "只有 WPS，没有 VBA 组件",
    ),
    "WPS of 32 bits with VBA": (
        (
            (f"HKLM\\SOFTWARE\\WOW6432Node\\{WPS}", "InstallRoot", "C:\\WPS"),
            ("HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\VBA", "Vbe71DllPath", "C:\\VBE7.DLL"),
        ),
        "只有 WPS（有 VBA 组件）",
    ),
    "WPS for this user": (((f"HKCU\\Software\\{WPS}", "InstallRoot", "C:\\WPS"),), "只有 WPS，没有 VBA 组件"),
    "macros off": ((VERSION, (f"{EXCEL}\\Security", "VBAWarnings", 4)), "宏被全部禁用"),
    "macros off by policy": ((VERSION, (f"{POLICY}\\Security", "VBAWarnings", 4)), "宏被全部禁用"),
    "add-ins off": ((VERSION, (f"{POLICY}\\Security", "DisableAllAddins", 1)), "加载项被禁用"),
    "signatures wanted": ((VERSION, (f"{EXCEL}\\Security", "RequireAddinSig", 1)), "加载项被禁用，或要求签名"),
    "no trusted places": (
        (VERSION, (f"{EXCEL}\\Security\\Trusted Locations", "AllLocationsDisabled", 1)),
        "受信任位置被禁用",
    ),
    "no children of Office": ((VERSION, NO_CHILDREN), "安全策略不允许 Office 启动别的程序"),
    "the add-in disabled": ((VERSION, (f"{EXCEL}\\Resiliency\\DisabledItems", "1A2B", DISABLED)), "停用了本加载项"),
}
"""What is in the registry, and what the doctor says of it."""


@pytest.mark.parametrize("case", FOUND)
def test_the_doctor_reads_the_registry(case, machine):
    values, told = FOUND[case]
    for key, name, value in values:
        machine.ask("registry.put", key=key, name=name, value=value)
    try:
        done = machine.verb("addin", "doctor")
    finally:
        for key, name, _ in values:
            machine.ask("registry.drop", key=key, name=name)
    assert told in done.out, done.said
    assert not [t for _, t in FOUND.values() if t not in told and told not in t and t in done.out and "Excel" not in t]


def test_the_installed_program_says_that_its_buttons_can_work(machine, python):
    machine.ask("registry.put", key=VERSION[0], name=VERSION[1], value=VERSION[2])
    try:
        done = machine.run([python, "-m", "nianbao", "addin", "doctor"])
    finally:
        machine.ask("registry.drop", key=VERSION[0], name=VERSION[1])
    assert done.code == 0, done.said
    assert [line[:2] for line in done.out.splitlines() if line.strip()] == ["正常"] * 3, done.out
