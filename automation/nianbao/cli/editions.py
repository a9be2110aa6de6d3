"""The verb `editions`: which there are, and what is wrong with one of one's own."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from nianbao.cli import show
from nianbao.cli.parser import PROGRAM
from nianbao.errors import InputError, NianbaoError

OK, FOUND = 0, 1


def editions(options: argparse.Namespace) -> int:
    """List the editions that come with the program, or examine a file."""
    return _check(options) if options.action == "check" else _list(options)


def _list(options: argparse.Namespace) -> int:
    from nianbao.form import edition_names, load_edition  # noqa: PLC0415

    listed = [load_edition(name) for name in edition_names()]
    if options.format == "json":
        keys = ("id", "name", "basis", "status", "from_year", "to_year", "extends", "deviations")
        print(json.dumps([{k: getattr(e, k) for k in keys} for e in listed], ensure_ascii=False, indent=1))
    else:
        print("可用的格式版本：")
        print("\n".join(show.edition_line(e) for e in listed))
        print(f"自己写的格式文件，用“{PROGRAM} editions check 文件.toml”检查，用 --edition 文件.toml 使用。")
    return OK


def _check(options: argparse.Namespace) -> int:
    from nianbao import pipeline  # noqa: PLC0415
    from nianbao.form import printed_tables  # noqa: PLC0415

    if not options.file:
        raise NianbaoError(f"请写明要检查哪个格式文件，例如：{PROGRAM} editions check 本县格式.toml")
    path = Path(options.file)
    if path.suffix.lower() != ".toml":
        raise InputError(f"“{path.name}”：格式文件的文件名要以 .toml 结尾")
    edition, faults = pipeline.examine_edition(path)
    if options.format == "json":
        told = [{"line": f.line or None, "key": f.key, "message": f.what, "how": f.how} for f in faults]
        print(json.dumps({"file": options.file, "faults": told}, ensure_ascii=False, indent=1))
    elif faults:
        print(f"{options.file} 有 {len(faults)} 处错误，不能使用：")
        for i, fault in enumerate(faults, 1):
            print(f"  {i}. {fault.place}{'：' if fault.place else ''}{fault.what}")
            print(f"     改法：{fault.how}" if fault.how else "     改法：对照 docs/variant.md 的例子改。")
    elif edition:
        printed = printed_tables(edition)
        figures = sum(len(t.values) for t in printed)
        print(f"{options.file} 没有错误，可以使用：")
        print(show.edition_line(edition))
        print(f"  {len(edition.sections)} 个部分，{len(printed)} 张表，{figures} 个数字，{len(edition.rules)} 条规则。")
    return FOUND if faults else OK
