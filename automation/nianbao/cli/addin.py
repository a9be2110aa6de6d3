"""The verb `addin`: build, install, remove and examine the add-ins inside Excel and WPS."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import OutputError

if TYPE_CHECKING:
    from nianbao.advice import Advice

OK, FOUND = 0, 1


def addin(options: argparse.Namespace) -> int:
    """Do what the verb's first word says."""
    actions = {"build": _build, "install": _install, "remove": _remove, "doctor": _doctor}
    if options.wps:
        if options.action == "build":
            raise OutputError("WPS 的加载项不用生成文件，直接 nianbao addin install --wps")
        actions = {"install": _install_wps, "remove": _remove_wps, "doctor": _doctor_wps}
    return actions[options.action](options)


def _build(options: argparse.Namespace) -> int:
    from nianbao.excel.addin import build  # noqa: PLC0415
    from nianbao.files import write_result  # noqa: PLC0415

    path = Path(options.output or build.FILE_NAME)
    if path.suffix.lower() != ".xlam":
        raise OutputError(f"“{path.name}”：加载项的文件名要以 .xlam 结尾")
    data = build.build(options.python or build.DEFAULT_INTERPRETER)
    write_result(path, data)
    print(f"{hashlib.sha256(data).hexdigest()}  {path}")
    return OK


def _install(options: argparse.Namespace) -> int:
    from nianbao.excel.addin import installing  # noqa: PLC0415

    places = installing.of_this_user()
    for path in installing.install(places, options.python or installing.interpreter()):
        print(f"已安装：{path}")
    print(f"重新打开 Excel，就能看到“信息公开年报”选项卡；没有看到时，{installing.examine_again()}。")
    return OK


def _remove(_options: argparse.Namespace) -> int:
    from nianbao.excel.addin import installing  # noqa: PLC0415

    gone = installing.remove(installing.of_this_user())
    installing.remove_traces()
    for path in gone:
        print(f"已删除：{path}")
    if not gone:
        print("没有安装过加载项。")
    _remove_wps_too()
    return OK


def _remove_wps_too() -> None:
    """Take the add-in inside WPS away with the program that it asks; what hinders that is told and hinders no more."""
    from nianbao.wps import addin_folder  # noqa: PLC0415

    try:
        for path in addin_folder.remove(addin_folder.of_this_user()):
            print(_gone(path))
    except OutputError as e:
        print(f"WPS 加载项没有删去：{e}。")


def _doctor(options: argparse.Namespace) -> int:
    from nianbao.excel.addin import doctor, installing  # noqa: PLC0415

    places = installing.of_this_user() if sys.platform == "win32" else None
    facts = doctor.gather(places, options.python or installing.interpreter(), doctor.windows_registry)
    return _advised((*doctor.judge(facts), *_of_wps(facts.python)))


def _of_wps(python: str) -> Iterable[Advice]:
    """Return what is to be said of the add-in inside WPS where that is installed."""
    from nianbao.excel.addin.doctor import windows_registry  # noqa: PLC0415
    from nianbao.wps import addin_folder, doctor  # noqa: PLC0415

    try:
        places = addin_folder.of_this_user()
    except OutputError:  # a system without WPS
        return ()
    return doctor.judge(doctor.gather(places, python, windows_registry)) if places.installed() else ()


def _advised(advice: Iterable[Advice]) -> int:
    """Print what was looked at; return the exit code."""
    advice = tuple(advice)
    for one in advice:
        print(f"{'正常' if one.good else '注意'}　{one.found}" + (f"\n　　　怎么办：{one.todo}" if one.todo else ""))
    return OK if all(a.good for a in advice) else FOUND


def _install_wps(options: argparse.Namespace) -> int:
    from nianbao.excel.addin.doctor import windows_registry  # noqa: PLC0415
    from nianbao.excel.addin.installing import interpreter  # noqa: PLC0415
    from nianbao.wps import addin_folder, doctor  # noqa: PLC0415

    python, places = options.python or interpreter(), addin_folder.of_this_user()
    if not doctor.is_here(places, windows_registry):
        again = addin_folder.command(python, "install")
        raise OutputError(f"没有找到 WPS，没有装它的加载项；以后装了 WPS，先打开一次 WPS 表格，再运行 {again}")
    for path in addin_folder.install(places, python):
        print(f"已安装：{path}")
    print(f"重新打开 WPS 表格，就能看到“信息公开年报”选项卡；没有看到时，输入 {addin_folder.command(python, 'doctor')}")
    return OK


def _remove_wps(_options: argparse.Namespace) -> int:
    from nianbao.wps import addin_folder  # noqa: PLC0415

    gone = addin_folder.remove(addin_folder.of_this_user())
    for path in gone:
        print(_gone(path))
    if not gone:
        print("没有安装过 WPS 加载项。")
    return OK


def _gone(path: Path) -> str:
    return f"已从中删去本加载项：{path}" if path.exists() else f"已删除：{path}"


def _doctor_wps(options: argparse.Namespace) -> int:
    from nianbao.excel.addin.doctor import windows_registry  # noqa: PLC0415
    from nianbao.excel.addin.installing import interpreter  # noqa: PLC0415
    from nianbao.wps import addin_folder, doctor  # noqa: PLC0415

    facts = doctor.gather(addin_folder.of_this_user(), options.python or interpreter(), windows_registry)
    return _advised(doctor.judge(facts))
