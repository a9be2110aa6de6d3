"""Reading a file of any kind the program knows. Which kinds there are stands here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from nianbao import given
from nianbao import report as reports
from nianbao.errors import InputError, UnknownEditionError
from nianbao.form import load_edition
from nianbao.report import Reading
from nianbao.watch import watched

WORKBOOKS = (".xlsx", ".xlsm")
PUBLISHED = (".docx", ".html", ".htm", ".shtml", ".pdf", ".txt")
OLD_WORKBOOKS = (".xls", ".et", ".ett", ".xlsb", ".ods", ".numbers")
"""Workbooks of other programs, which can't be read: told wherever workbooks are looked for, never left out."""
REPAIRED = (*WORKBOOKS, ".xls", ".et", ".ett", ".ods")
"""Workbooks that can be carried over into a fresh one, by their content whatever they are called."""
RESAVED: Mapping[str, str] = {
    **dict.fromkeys(OLD_WORKBOOKS, "Excel 工作簿（.xlsx）"),
    **dict.fromkeys((".doc", ".wps", ".wpt", ".odt", ".rtf", ".pages"), "Word 文档（.docx）"),
}
"""What offices send that can't be read, and what it is to be saved as."""

MAX_JSON = 8_000_000

_KINDS = "、".join(PUBLISHED)


@watched
def read(path: Path, edition: str = "") -> Reading:
    """Read a workbook, Report JSON or published report; `edition` (an id or a .toml file) overrides what it says.

    Raises InputError, EditionError.
    """
    return _read(path, edition, ())


@watched
def read_other(path: Path, known: Sequence[str]) -> Reading:
    """Read a file of another year or body, in the edition it names itself.

    `known` are the editions at hand besides the program's own (ids or .toml files, '' for none): a file that names the
    id of one of them is read by that. Raises InputError, EditionError.
    """
    own = tuple(dict.fromkeys(k for k in known if k.endswith(".toml")))
    try:
        return _read(path, "", own)
    except UnknownEditionError as e:
        meant = next((k for k in own if load_edition(k).id == e.named), None)
        if meant is None:
            raise
        return _read(path, meant, ())


def _read(path: Path, edition: str, known: tuple[str, ...]) -> Reading:
    suffix = path.suffix.lower()
    if suffix == ".json":
        return _read_json(path, edition)
    if suffix in WORKBOOKS or not suffix:
        from nianbao import workbook  # noqa: PLC0415 - openpyxl only where a workbook is read

        return workbook.read(path, edition)
    if suffix in PUBLISHED:
        from nianbao import published  # noqa: PLC0415 - its libraries only where a published report is read

        return published.read(path, edition or _carried(path, known), known)
    if suffix in RESAVED:
        raise InputError(f"“{path.name}”：{to_resave(suffix)}")
    raise InputError(
        f"“{path.name}”：无法读取 {suffix} 文件，请提供填报表（.xlsx）、年报数据（.json）或公开的年报（{_KINDS}）"
    )


def to_resave(suffix: str) -> str:
    """Return what to do about a file whose ending is in RESAVED."""
    return f"无法读取 {suffix} 文件，请打开后另存为 {RESAVED[suffix]}，再用另存的那一份"


def _carried(path: Path, known: Sequence[str]) -> str:
    """Return the edition of somebody's own that the data in a Word report of ours names, '' where there is none."""
    if not known or path.suffix.lower() != ".docx":
        return ""
    from nianbao import document  # noqa: PLC0415 - Word only where a document is read

    data = document.read_data(path)
    return next((k for k in known if data and load_edition(k).id == data.edition), "")


def _read_json(path: Path, edition: str) -> Reading:
    text = read_text(path, "年报数据")
    try:
        return reports.loads(text, edition)
    except UnknownEditionError as e:
        raise UnknownEditionError(e.named, f"“{path.name}”：{e}") from e
    except InputError as e:
        raise InputError(f"“{path.name}”：{e}") from e


def read_text(path: Path, what: str) -> str:
    """Return the text of a small UTF-8 file; `what` is what it should be, in Chinese. Raises InputError."""
    try:
        return given.named(path, MAX_JSON, "", f"“{path.name}”太大，不像一份{what}").decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise InputError(f"“{path.name}”不是 UTF-8 编码的 JSON") from e
