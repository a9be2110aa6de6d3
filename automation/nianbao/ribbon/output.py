"""Making the Word report although an older one of that name is open in Word: then under a free name, and said so."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from nianbao import pipeline
from nianbao.errors import OutputError
from nianbao.files import write_new
from nianbao.pipeline import Checked


@dataclass(frozen=True)
class Written:
    """The report that was made, and what to say about it."""

    path: Path
    remark: str = ""


def folder_of(fullname: str) -> Path:
    """Return the folder an open workbook is in. Raises OutputError when it has none on this computer."""
    path = Path(fullname)
    if "://" in fullname or not path.is_absolute() or not path.parent.is_dir():
        raise OutputError("这个工作簿还没有保存在本机的文件夹里，不知道年报放在哪里。请先用“另存为”保存一次，再点一次")
    return path.parent


def make(checked: Checked, folder: Path) -> Written:
    """Write the Word report into `folder`; the name taken by Word gives way to a free one.

    Raises InputError when errors forbid a report, OutputError.
    """
    target = folder / f"{pipeline.file_name(checked.reading)}.docx"
    if in_use(target):
        return _beside(checked, target)
    made = pipeline.make(checked, folder)
    remark = "".join(f"原来的同名文件另存为：{k.name}。" for k in made.kept)
    return Written(made.files[0], remark)


def in_use(path: Path) -> bool:
    """Tell whether a document is open in Word: its owner file stands beside it, or Windows refuses to write."""
    if not path.exists():
        return False
    if path.with_name("~$" + path.name[2:]).exists():
        return True
    try:
        with path.open("r+b"):
            return False
    except OSError:
        return True


def _beside(checked: Checked, target: Path) -> Written:
    with tempfile.TemporaryDirectory() as temporary:
        data = pipeline.make(checked, Path(temporary)).files[0].read_bytes()
    if _same(target, data):
        return Written(target, "它正在 Word 中打开，内容没有变化。")
    free = _free_name(target)
    write_new(free, data)
    return Written(free, f"“{target.name}”正在 Word 中打开，没有改动它；新的另存为“{free.name}”。")


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _free_name(path: Path) -> Path:
    for n in range(2, 1_000):
        candidate = path.with_name(f"{path.stem}（{n}）{path.suffix}")
        if not candidate.exists():
            return candidate
    raise OutputError(f"“{path.parent}”中“{path.stem}”的文件太多，请先清理")
