"""What may keep the buttons inside WPS from working on this computer, and what to do: facts in, advice out."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from nianbao import __version__
from nianbao.advice import Advice
from nianbao.errors import OutputError
from nianbao.serve import instance, service_folders
from nianbao.wps import addin_folder, publish
from nianbao.wps.addin_folder import WpsFolders

Registry = Callable[[str, str], "str | int | bytes | None"]
"""Looks up (key, value name) in Windows' registry; None: absent."""

_ROOTS = (r"HKCU\Software", r"HKLM\SOFTWARE", r"HKLM\SOFTWARE\WOW6432Node")
_COMMON = r"{}\Kingsoft\Office\6.0\Common"
LINUX = (
    Path("/opt/kingsoft/wps-office/office6"),
    Path("/opt/apps/cn.wps.wps-office-pro/files/kingsoft/wps-office/office6"),
    Path("/opt/apps/cn.wps.wps-office/files/kingsoft/wps-office/office6"),
)
"""Where WPS lies on Linux: its own packages, and those of the systems' shops."""

_SETTING = re.compile(r"^\s*(JsApiPlugin|JSPluginsServer)\s*=[ \t]*(.*?)\s*$", re.IGNORECASE | re.MULTILINE)
_OFFICE = "这是单位统一设置的，请联系信息管理人员；在此之前，请用“年报台”，结果一样"


@dataclass(frozen=True)
class WpsFacts:
    """What was found on this computer; '' or None: nothing."""

    wps: str
    settings: Mapping[str, str]
    listed: str | None
    broken: str
    folder: str
    same: bool
    python: str
    python_exists: bool
    serves: bool
    running: bool


def gather(places: WpsFolders, python: str, registry: Registry, linux: tuple[Path, ...] = LINUX) -> WpsFacts:
    """Look at this computer; nothing is changed and no process started."""
    program = _program(registry, linux)
    listed, broken = None, ""
    try:
        found = publish.read(places.list)
        listed = next((e.attributes.get("url", "") for e in found.ours), None) if found else None
    except OutputError as e:
        broken = str(e)
    installed = places.installed()
    address = instance.read(service_folders.usual())
    return WpsFacts(
        wps=str(program or ""),
        settings=_settings(program / "cfgs" / "oem.ini") if program else {},
        listed=listed,
        broken=broken,
        folder=installed[-1].name if installed else "",
        same=_is_whole(places.own, python),
        python=python,
        python_exists=Path(python).exists(),
        serves=find_spec("starlette") is not None and find_spec("uvicorn") is not None,
        running=bool(address and instance.asked(address)),
    )


def is_here(places: WpsFolders, registry: Registry, linux: tuple[Path, ...] = LINUX) -> bool:
    """Tell whether there is a WPS, or this user has used one that lies where we don't look."""
    return _program(registry, linux) is not None or places.addins.parent.is_dir()


def _program(registry: Registry, linux: tuple[Path, ...]) -> Path | None:
    """Return WPS's folder office6."""
    if sys.platform != "win32":
        return next((p for p in linux if p.is_dir()), None)
    roots = (registry(_COMMON.format(root), "InstallRoot") for root in _ROOTS)
    return next((Path(str(r)) / "office6" for r in roots if r), None)


def _settings(path: Path) -> dict[str, str]:
    """Return what an office set for add-ins in oem.ini; the last word of each counts."""
    try:
        data = path.read_bytes()[: 2**20]
    except OSError:
        return {}
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    return {m[1].lower(): m[2] for m in _SETTING.finditer(text)}


def _is_whole(own: Path, python: str) -> bool:
    """Tell whether every file of the add-in is as it was installed for this Python."""
    try:
        return all((own / name).read_bytes() == data for name, data in addin_folder.files(python).items())
    except OSError:
        return False


def judge(facts: WpsFacts) -> tuple[Advice, ...]:
    """Return what is well and what is not, each with its cure."""
    return (*_wps(facts), *_installed(facts), *_desk(facts))


def _wps(facts: WpsFacts) -> Iterator[Advice]:
    if not facts.wps:
        yield Advice(good=False, found="没有找到 WPS", todo="请先安装 WPS；装在别处的，看选项卡出现没有")
        return
    yield Advice(good=True, found=f"WPS：{facts.wps}")
    if facts.settings.get("jsapiplugin", "").lower() in ("false", "0"):
        yield Advice(good=False, found="oem.ini 里 JsApiPlugin=false，WPS 不加载任何加载项", todo=_OFFICE)
    server = facts.settings.get("jspluginsserver", "")
    if server:
        found = f"oem.ini 里 JSPluginsServer={server}，加载项可能只由那里决定"
        yield Advice(good=False, found=found, todo=f"选项卡没有出现的：{_OFFICE}")


def _installed(facts: WpsFacts) -> Iterator[Advice]:
    again = f"请关闭 WPS，在命令行里运行 {addin_folder.command(facts.python, 'install')}"
    if facts.broken:
        yield Advice(good=False, found=facts.broken)
    elif facts.listed is None and not facts.folder:
        yield Advice(good=False, found="加载项没有安装", todo=again)
    elif facts.listed is None:
        yield Advice(good=False, found=f"加载项的文件夹 {facts.folder} 在，publish.xml 里却没有登记它", todo=again)
    elif facts.listed != f"{publish.NAME}_{__version__}":
        found = f"publish.xml 里登记的是 {facts.listed}，本程序是 {__version__}"
        yield Advice(good=False, found=found, todo=again)
    elif not facts.same:
        yield Advice(good=False, found=f"加载项 {facts.listed} 的文件不全，或指着别处的程序", todo=again)
    else:
        yield Advice(good=True, found=f"加载项 {facts.listed} 已安装")


def _desk(facts: WpsFacts) -> Iterator[Advice]:
    if not facts.python_exists:
        todo = "可能被杀毒软件隔离，请恢复并加入信任，或重新安装"
        yield Advice(good=False, found=f"找不到程序 {facts.python}", todo=todo)
    if not facts.serves:
        todo = "请用离线安装包重新安装，或联系安装程序的人"
        yield Advice(good=False, found="缺少组件 starlette 或 uvicorn，年报台打不开", todo=todo)
    said = "年报台正在运行" if facts.running else "年报台没有运行，点按钮时会自己启动"
    yield Advice(good=True, found=said)
