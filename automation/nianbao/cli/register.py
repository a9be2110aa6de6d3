"""What the verb `register` does, and what --register adds to new, check and make."""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.cli.parser import PROGRAM
from nianbao.errors import InputError, OutputError
from nianbao.numbers import spell

if TYPE_CHECKING:
    from nianbao.form import Edition, Value
    from nianbao.numbers import Number
    from nianbao.pipeline import Checked, RegisterFile
    from nianbao.register.model import Counted

OK, FOUND = 0, 1

_LABEL_WIDTH = 22


def act(options: argparse.Namespace) -> int:
    """Write a blank register, or check one and print 表三 as it gives it."""
    return _new(options) if options.action == "new" else _check(options)


def _new(options: argparse.Namespace) -> int:
    from nianbao.files import write_new  # noqa: PLC0415
    from nianbao.form import current_edition  # noqa: PLC0415
    from nianbao.pipeline import blank_register, edition_for  # noqa: PLC0415

    path = Path(options.output or options.file)
    if path.suffix.lower() != ".xlsx":
        raise OutputError("请用 -o 写明新台账的文件名，以 .xlsx 结尾")
    edition = edition_for(options.year, options.edition) if options.year else current_edition(options.edition)
    write_new(path, blank_register(edition))
    print(f"已新建申请台账：{path}（{edition.name}）")
    print(f"一件申请一行；年底用“{PROGRAM} register check”检查并算出表三。台账只在本单位使用，不要随填报表报送。")
    return OK


def _check(options: argparse.Namespace) -> int:
    from nianbao import findings  # noqa: PLC0415
    from nianbao.cli import show  # noqa: PLC0415
    from nianbao.pipeline import RegisterFile, count_register, edition_for  # noqa: PLC0415

    if not options.file:
        raise InputError("请写明要检查的台账，例如：register check 台账.xlsx")
    path = Path(options.file)
    register = RegisterFile(path, _mapping(options))
    year = options.year
    edition = edition_for(year, options.edition) if year or options.edition else None
    counted, found = count_register(register, edition, year)
    if options.format == "json":
        told = findings.to_json(options.file, found)
        told |= {"year": counted.year, "edition": counted.edition.id, "applications": counted.applications}
        told |= {"counted": counted.counted, "uncounted": list(counted.uncounted)}
        told["values"] = {k: findings.figure(v) for k, v in counted.values.items()}
        told["rows"] = {k: list(r) for k, r in counted.rows.items() if r}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        why = "" if year else "，台账中收到最多的年度，可用 --year 指定"
        how = f"按 {counted.year} 年度计算（{counted.edition.name}{why}）"
        print(f"{options.file}：共 {counted.applications} 件申请，{how}")
        print(show.findings(found))
        print(_summed(counted))
        print("\n".join(_table(counted, counted.values)))
    return FOUND if any(f.blocks for f in found) else OK


def _summed(counted: Counted) -> str:
    said = f"  计入本年度表三 {counted.counted} 件"
    if counted.uncounted:
        said += f"，另有 {len(counted.uncounted)} 行写得不明确，没有计入，表中的数还不完整"
    return said + "。按台账算出的表三："


def figures(options: argparse.Namespace, edition: Edition) -> Mapping[str, Number] | None:
    """Return 表三 as the register of `new --register` gives it; None, with what is wrong told, when it is not whole."""
    from nianbao.cli import show  # noqa: PLC0415
    from nianbao.pipeline import RegisterFile, count_register  # noqa: PLC0415

    counted, found = count_register(RegisterFile(Path(options.register), _mapping(options)), edition, options.year)
    if found:
        print(f"{options.register}：")
        print(show.findings(found))
    if counted.uncounted:
        print(f"台账有 {len(counted.uncounted)} 行不能计入，没有新建填报表。请改正台账后再试。", file=sys.stderr)
        return None
    return counted.values


def given(path: Path, options: argparse.Namespace) -> RegisterFile | None:
    """Return the register to compare a file with: the one typed, else the workbook's own sheet."""
    from nianbao.pipeline import RegisterFile, register_of  # noqa: PLC0415

    mapping = _mapping(options)
    return RegisterFile(Path(options.register), mapping) if options.register else register_of(path, mapping)


def refuse_for_many(options: argparse.Namespace) -> None:
    """Refuse one register for several bodies. Raises OutputError."""
    if options.register and len(options.files) > 1:
        raise OutputError("--register 一次只能用于一个文件：一份台账是一个单位的")


def say_left_out(checked: Checked) -> None:
    """Say that an annotated copy has no register where the workbook has one."""
    from nianbao.pipeline import private_sheets  # noqa: PLC0415

    if private_sheets(checked.path, checked.reading.edition):
        print("其中不含申请台账：台账请留在原来的文件里，不要报送。", file=sys.stderr)


def show_beside(checked: Checked) -> None:
    """Print 表三 as typed beside what the register gives, where one was compared."""
    counted, typed = checked.counted, checked.reading.report.values
    if counted is None:
        return
    if any(typed.get(k) != v for k, v in counted.values.items()):
        print("  表三与申请台账对照（不同的写作 填报数/台账数）：")
        print("\n".join(_table(counted, typed)))
    elif not counted.uncounted:
        print(f"  表三与申请台账一致（计入本年度 {counted.counted} 件）。")


def _mapping(options: argparse.Namespace) -> Path | None:
    return Path(options.mapping) if options.mapping else None


def _table(counted: Counted, typed: Mapping[str, Number]) -> list[str]:
    """Return 表三 as lines of text; lines of zeros are left out, a figure typed otherwise stands before ours."""
    by_row: dict[str, list[str]] = {}
    heads: list[str] = []
    for value in counted.edition.table["requests"].values:
        by_row.setdefault(value.words[0], []).append(_beside(counted, value.key, typed))
        heads += [value.words[1]] if value.words[1] not in heads else []
    width = max(8, max(map(_width, heads)) + 2, *(_width(c) + 2 for cells in by_row.values() for c in cells))
    lines = ["    " + " " * _LABEL_WIDTH + "".join(_right(h, width) for h in heads)]
    always = ("本年新收", "上年结转", "总计", "结转下年度")
    for label, cells in by_row.items():
        if any(c != "0" for c in cells) or label.endswith(always):
            lines.append("    " + _left(label, _LABEL_WIDTH) + "".join(_right(c, width) for c in cells))
    beside = [v for v in map(counted.edition.values.__getitem__, counted.values) if v.table != "requests"]
    lines += [f"    {_fee(counted, v, typed)}" for v in beside]
    return lines


def _fee(counted: Counted, value: Value, typed: Mapping[str, Number]) -> str:
    return f"{value.words[0]} {value.words[1]}：{_beside(counted, value.key, typed)} {value.unit}"


def _beside(counted: Counted, key: str, typed: Mapping[str, Number]) -> str:
    """Return the register's figure, behind the typed one where that is another or blank."""
    ours, told = counted.values[key], typed.get(key)
    if told == ours:
        return spell(ours)
    return f"{'空' if told is None else spell(told)}/{spell(ours)}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _left(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _right(text: str, width: int) -> str:
    return " " * (width - _width(text)) + text
