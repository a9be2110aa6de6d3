"""What may keep the buttons from working on this computer, and what to do: gathered facts in, advice out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from nianbao.advice import Advice
from nianbao.excel.addin.build import FILE_NAME, build
from nianbao.excel.addin.installing import ExcelFolders, is_offline

Registry = Callable[[str, str], "str | int | bytes | None"]
"""Looks up (key, value name); keys begin with HKCU or HKLM; '' is the key's default value, None: absent."""

_EXCEL = r"HKCU\Software\{}Microsoft\Office\16.0\Excel\Security"
_ASR = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
_NO_CHILDREN = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"
"""Microsoft's rule "Block all Office applications from creating child processes"."""

_SOFTWARE = (r"HKLM\SOFTWARE", r"HKLM\SOFTWARE\WOW6432Node")
"""Where programs register on 64-bit Windows: those of 64 bits, those of 32."""

_OWN = "WPS 自己的加载项不用 VBA，装法见使用文档“在 WPS 里用”；"
_DROP = "在此之前，请把填报表拖到“校验并生成年报”上，结果一样"


@dataclass(frozen=True)
class ExcelFacts:
    """What was found on this computer; '' or None: nothing."""

    system: str
    excel: str
    wps: bool
    vba: bool
    macros: int | None
    addins_off: bool
    locations_off: bool
    no_children: bool
    disabled: bool
    python: str
    python_exists: bool
    xlwings: bool
    addin: bytes | None


def gather(places: ExcelFolders | None, python: str, registry: Registry) -> ExcelFacts:
    """Look at this computer; nothing is changed and no process started."""
    policies, own = _EXCEL.format("Policies\\"), _EXCEL.format("")

    def setting(name: str, *more: str) -> str | int | bytes | None:
        for key in (policies, own):
            found = registry("\\".join((key, *more)), name)
            if found is not None:
                return found
        return None

    macros = setting("VBAWarnings")
    return ExcelFacts(
        system=sys.platform,
        excel=_excel(registry),
        wps=any(
            registry(rf"{root}\Kingsoft\Office\6.0\Common", "InstallRoot") for root in (r"HKCU\Software", *_SOFTWARE)
        ),
        vba=any(registry(rf"{root}\Microsoft\VBA", "Vbe71DllPath") for root in _SOFTWARE),
        macros=macros if isinstance(macros, int) else None,
        addins_off=setting("DisableAllAddins") == 1 or setting("RequireAddinSig") == 1,
        locations_off=setting("AllLocationsDisabled", "Trusted Locations") == 1,
        no_children=str(registry(_ASR, _NO_CHILDREN)) == "1",
        disabled=FILE_NAME.encode("utf-16-le") in _disabled_items(registry),
        python=python,
        python_exists=Path(python).exists(),
        xlwings=find_spec("xlwings") is not None,
        addin=_content(places.addin) if places else None,
    )


def _excel(registry: Registry) -> str:
    """Return the version of Excel, 64-bit or 32-bit."""
    found = (registry(rf"{root}\Classes\Excel.Application\CurVer", "") for root in _SOFTWARE)
    return str(next(filter(None, found), "")).rpartition(".")[2]


def _disabled_items(registry: Registry) -> bytes:
    found = registry(r"HKCU\Software\Microsoft\Office\16.0\Excel\Resiliency\DisabledItems", "*")
    return found.lower() if isinstance(found, bytes) else b""


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def judge(facts: ExcelFacts) -> tuple[Advice, ...]:
    """Return what is well and what is not, each with its cure."""
    if facts.system != "win32":
        return (Advice(good=False, found="这不是 Windows，没有 Excel 按钮可检查", todo="请用命令行 nianbao make"),)
    return (*_office(facts), *_installed(facts), *_allowed(facts))


def _office(facts: ExcelFacts) -> tuple[Advice, ...]:
    if facts.excel:
        old = facts.excel.isdecimal() and int(facts.excel) < 15
        todo = "Excel 2013 以前的版本没有试过；" + _DROP if old else ""
        return (Advice(not old, f"Excel {facts.excel}.0", todo),)
    if facts.wps and not facts.vba:
        return (Advice(good=False, found="只有 WPS，没有 VBA 组件，按钮点了没有反应", todo=_OWN + _DROP),)
    if facts.wps:
        todo = "WPS 中的按钮不保证能用；不能用时，" + _DROP.removeprefix("在此之前，")
        return (Advice(good=False, found="只有 WPS（有 VBA 组件）", todo=todo),)
    return (Advice(good=False, found="没有找到 Excel", todo=_DROP),)


def _installed(facts: ExcelFacts) -> tuple[Advice, ...]:
    how = "离线安装包里的“安装.cmd”" if is_offline(facts.python) else "“nianbao addin install”"
    again = f"请关闭 Excel，运行{how}重新安装"
    found = [
        Advice(
            facts.addin is not None, "加载项" + ("已安装" if facts.addin else "没有安装"), "" if facts.addin else again
        )
    ]
    if facts.addin is not None and facts.addin != build(facts.python):
        found.append(Advice(good=False, found="加载项是别的版本，或指着别处的程序", todo=again))
    if not facts.python_exists:
        found.append(
            Advice(
                good=False, found=f"找不到程序 {facts.python}", todo="可能被杀毒软件隔离，请恢复并加入信任，或重新安装"
            )
        )
    if not facts.xlwings:
        found.append(Advice(good=False, found="缺少组件 xlwings", todo="请重新运行离线安装包"))
    return tuple(found)


def _allowed(facts: ExcelFacts) -> tuple[Advice, ...]:
    options = "文件→选项→信任中心→信任中心设置"
    office = "这是单位统一设置的，请联系信息管理人员；" + _DROP
    found = []
    if facts.macros == 4:
        found.append(
            Advice(good=False, found="宏被全部禁用", todo=f"Excel 的{options}→宏设置，改为“禁用…并发出通知”；{office}")
        )
    if facts.addins_off:
        found.append(Advice(good=False, found="加载项被禁用，或要求签名", todo=f"Excel 的{options}→加载项；{office}"))
    if facts.locations_off:
        found.append(Advice(good=False, found="受信任位置被禁用", todo=f"Excel 的{options}→受信任位置；{office}"))
    if facts.no_children:
        found.append(Advice(good=False, found="安全策略不允许 Office 启动别的程序", todo=office))
    if facts.disabled:
        found.append(Advice(good=False, found="Excel 停用了本加载项", todo="文件→选项→加载项→管理“禁用项目”→转到→启用"))
    return tuple(found) or (Advice(good=True, found="没有发现阻止按钮的设置（杀毒软件的拦截要看它自己的记录）"),)


def windows_registry(key: str, name: str) -> str | int | bytes | None:
    """Look a value up in the registry; '*' joins all binary values of the key."""
    if sys.platform != "win32":
        return None
    import winreg  # noqa: PLC0415 - exists on Windows alone

    root, _, rest = key.partition("\\")
    roots = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}
    try:
        with winreg.OpenKey(roots[root], rest) as opened:
            if name != "*":
                found: str | int | bytes = winreg.QueryValueEx(opened, name)[0]
                return found
            values = (winreg.EnumValue(opened, i)[1] for i in range(winreg.QueryInfoKey(opened)[1]))
            return b"".join(v for v in values if isinstance(v, bytes))
    except OSError:
        return None
