"""Making documents although an older one of that name is open elsewhere: then under a free name, and said so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from nianbao import pipeline
from nianbao.errors import OutputError
from nianbao.files import write_new, write_result
from nianbao.pipeline import OUTPUTS, Checked, Late, Wanted

What = Literal["docx", "sheet", "pdf"]
"""The Word report, the 校核单 that is signed with it, the report as a PDF."""


@dataclass(frozen=True)
class Written:
    """What was made, and what to say about it; `problem` is why it is the Word report instead of what was wanted."""

    path: Path
    remark: str = ""
    problem: str = ""


def folder_of(fullname: str) -> Path:
    """Return the folder an open workbook is in. Raises OutputError when it has none on this computer."""
    path = Path(fullname)
    if "://" in fullname or not path.is_absolute() or not path.parent.is_dir():
        raise OutputError(
            "这个工作簿还没有保存在本机的文件夹里，不知道做好的文件放在哪里。请先用“另存为”保存一次，再点一次"
        )
    return path.parent


def make(checked: Checked, folder: Path, what: What = "docx") -> Written:
    """Write a document into `folder`; the name of one that is open elsewhere gives way to a free one.

    Raises InputError when errors forbid a report, OutputError.
    """
    name = pipeline.file_name(checked.reading)
    made = _document(checked, name, what)
    ((ending, data), *_) = made.files.items()
    remark = "".join(f"{note}。" for note in made.notes)
    placed = _placed(data, folder / f"{name}{ending}")
    return replace(placed, remark=f"{remark}{placed.remark}", problem=made.problem)


def _document(checked: Checked, name: str, what: What) -> Late:
    """Return the document; for a PDF that no program here can make, the Word report with the reason."""
    if what == "sheet":
        return Late({pipeline.CHECK_SHEET: pipeline.check_sheet_of(checked, f"{name}.docx")})
    wanted = Wanted(name, (what,))
    make_all = OUTPUTS[what].make_all
    if make_all is None:
        return Late(pipeline.render(checked, what, wanted))
    (made,) = make_all([(checked, wanted)])
    if not made.files:
        raise OutputError(made.problem)
    return made


def _placed(data: bytes, target: Path) -> Written:
    if in_use(target):
        return _beside(data, target)
    kept = write_result(target, data, pipeline.same(target))
    return Written(target, f"原来的同名文件另存为：{kept.name}。" if kept else "")


def in_use(path: Path) -> bool:
    """Tell whether a document is open elsewhere: Word's owner file stands beside it, or Windows refuses to write."""
    if not path.exists():
        return False
    if path.with_name("~$" + path.name[2:]).exists():
        return True
    try:
        with path.open("r+b"):
            return False
    except OSError:
        return True


def _beside(data: bytes, target: Path) -> Written:
    if _same(target, data):
        return Written(target, f"它正在{_program(target)}中打开，内容没有变化。")
    free = free_name(target)
    write_new(free, data)
    return Written(free, f"“{target.name}”正在{_program(target)}中打开，没有改动它；新的另存为“{free.name}”。")


def _program(path: Path) -> str:
    return " Word " if path.suffix == ".docx" else "别的程序"


def _same(path: Path, data: bytes) -> bool:
    try:
        there = path.read_bytes()
    except OSError:
        return False
    alike = pipeline.same(path)
    return there == data or bool(alike and alike(there, data))


def free_name(path: Path) -> Path:
    """Return this name, or it with a number where a file has it. Raises OutputError after a thousand."""
    for n in range(1, 1_000):
        candidate = path.with_name(f"{path.stem}（{n}）{path.suffix}") if n > 1 else path
        if not candidate.exists():
            return candidate
    raise OutputError(f"“{path.parent}”中“{path.stem}”的文件太多，请先清理")
