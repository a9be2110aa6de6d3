"""What a register's columns and values may be called: the program's list, and the office's own beside it.

Knows the national form: 表三, whose rows say what came in and what became of it. A form without it has no register.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from nianbao import files, toml
from nianbao.errors import InputError
from nianbao.form import Edition
from nianbao.oserrors import why
from nianbao.register.sheet_name import fold
from nianbao.unicodes import plain_form

TITLES = {
    "serial": "序号",
    "number": "编号",
    "received": "收到日期",
    "applicant_type": "申请人类型",
    "due": "答复期限",
    "answered": "答复日期",
    "result": "处理结果",
    "fee_noticed": "收费通知日期",
    "fee_notified": "通知收取金额",
    "fee_paid": "缴费日期",
    "fee_received": "实际收取金额",
}
"""What messages call the columns; also how an office's own mapping names them."""

MAX_MAPPING = 200_000
_LONGEST_TITLE = 500
"""Characters in which brackets are looked for; opening ones without end would take minutes."""
_NUMBERED = re.compile(r"^\s*(?:[（(][一二三四五六七八九十]+[）)]|\d+\s*[.、．)）])\s*")
_BRACKETED = re.compile(r"[（(【\[].*?[）)】\]]")

# TOML wants quotes around Chinese keys; nobody in an office knows that.
# Nothing is tried twice (the + after *): a long line would take minutes.
_BARE_KEY = re.compile(r"""(?m)^([ \t]*+)([^\s"'#=\[\],][^"'#=\[\],\n]*+)=""")
_BARE_TABLE = re.compile(r"""(?m)^([ \t]*+)\[[ \t]*+([^\s"'\[\]][^"'\[\]\n]*+)\]""")

Names = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Vocabulary:
    """Names by column id, of private columns, by 表三 column id (types) and row id (results), words for unanswered."""

    columns: Names
    private: Names
    types: Names
    results: Names
    open: tuple[str, ...]


def fold_title(text: str) -> str:
    """Return a column's title folded, without what stands in brackets behind it (必填, 元)."""
    return fold(_BRACKETED.sub("", plain_form(text[:_LONGEST_TITLE]))) or fold(text)


def bare(label: str) -> str:
    """Return an official label without its number: 1.属于国家秘密 is 属于国家秘密."""
    return _NUMBERED.sub("", label)


@cache
def shipped() -> Vocabulary:
    """Return the program's own list."""
    text = (resources.files("nianbao.register") / "words.toml").read_text(encoding="utf-8")
    data = toml.shipped(text)
    named = {k: {i: tuple(n) for i, n in data[k].items()} for k in ("columns", "private", "types", "results")}
    return Vocabulary(**named, open=tuple(data["open"]["words"]))


def load(path: Path | None, edition: Edition) -> Vocabulary:
    """Return the program's list with an office's own names before it. Raises InputError for a faulty file.

    The file is TOML with the tables 栏目, 申请人类型, 处理结果 and the list 未办结; keys are official words and need no
    quotation marks.
    """
    base = shipped()
    if path is None:
        return base
    data = _parsed(path)
    known = {"栏目", "申请人类型", "处理结果", "未办结"}
    unknown = sorted(set(data) - known)
    if unknown:
        raise InputError(f"对应表“{path.name}”中的“{unknown[0]}”不认识，可以写：{'、'.join(sorted(known))}")
    types, results = type_words(edition), result_words(edition)
    return Vocabulary(
        _with(base.columns, data.get("栏目", {}), {fold(t): (i,) for i, t in TITLES.items()}, path, "栏目"),
        base.private,
        _with(base.types, data.get("申请人类型", {}), types, path, "申请人类型"),
        _with(base.results, data.get("处理结果", {}), results, path, "处理结果"),
        (*_names(data.get("未办结", []), path, "未办结"), *base.open),
    )


def _parsed(path: Path) -> dict[str, Any]:
    try:
        text = _decoded(files.read(path, MAX_MAPPING))
        return toml.parsed(_quoted(text))
    except files.TooLargeError as e:
        raise InputError(f"“{path.name}”太大，不像一份对应表") from e
    except OSError as e:
        raise InputError(f"对应表“{path}”打不开（{why(e)}）") from e
    except UnicodeDecodeError as e:
        raise InputError(f"对应表“{path.name}”的文字编码认不出来，请存为 UTF-8") from e
    except ValueError as e:
        line = re.search(r"line (\d+)", str(e))
        where = f"第{line[1]}行" if line else "某一行"
        raise InputError(f'对应表“{path.name}”{where}写法不对，应写成：官方名称 = "台账里的名称"') from e


def _quoted(text: str) -> str:
    """Return the text with quotation marks around the names that were typed without."""
    keys = _BARE_KEY.sub(lambda m: f'{m[1]}"{m[2].rstrip()}" =', text)
    return _BARE_TABLE.sub(lambda m: f'{m[1]}["{m[2].rstrip()}"]', keys)


def _decoded(data: bytes) -> str:
    """Return the text of a file that Notepad saved: UTF-8, or GBK."""
    try:
        return toml.decoded(data)
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _with(base: Names, own: object, ids: Mapping[str, tuple[str, ...]], path: Path, table: str) -> Names:
    if not isinstance(own, dict):
        raise InputError(f"对应表“{path.name}”的“{table}”应是一组名称")
    merged = dict(base)
    for word, names in own.items():
        found = ids.get(fold(str(word)), ())
        if len(found) != 1:
            raise InputError(f"对应表“{path.name}”的“{table}”中没有“{word}”这一项，请照抄表三或台账栏目的名称")
        merged[found[0]] = (*_names(names, path, str(word)), *merged.get(found[0], ()))
    return merged


def _names(names: object, path: Path, what: str) -> tuple[str, ...]:
    listed = [names] if isinstance(names, str) else names
    if not isinstance(listed, list) or not all(isinstance(n, str) and fold(n) for n in listed):
        raise InputError(f"对应表“{path.name}”中“{what}”后面应是名称，或用方括号括起来的几个名称")
    return tuple(listed)


TABLE = "requests"
RECEIVED, CARRIED_IN, DONE, CARRIED_OUT, ALL = "received", "pending_start", "total", "pending_end", "total"
"""表三, its rows that are no results, and its column of all applicants."""


def cell(row: str, column: str = ALL) -> str:
    """Return the key of a cell of 表三."""
    return f"{TABLE}.{row}.{column}"


def refuse_without_requests(edition: Edition) -> None:
    """Raise InputError for a form that has no 表三, or none that adds up applicants and results.

    There is nothing to count a register into.
    """
    if TABLE not in edition.table:
        raise InputError(f"格式“{edition.name}”没有表三，不需要申请台账")
    if cell(RECEIVED) not in edition.sums or cell(DONE, type_columns(edition)[0]) not in edition.sums:
        raise InputError(f"格式“{edition.name}”的表三没有各类申请人、各项结果的合计，不能用申请台账计算")


def type_columns(edition: Edition) -> tuple[str, ...]:
    """Return the ids of 表三's applicant columns, in printed order, without the total."""
    identity = edition.sums[cell(RECEIVED)]
    return tuple(edition.values[k].column for k in identity.right)


def result_rows(edition: Edition) -> tuple[str, ...]:
    """Return the ids of 表三's result rows, in printed order, without the total."""
    identity = edition.sums[cell(DONE, type_columns(edition)[0])]
    return tuple(edition.values[k].row for k in identity.right)


def type_words(edition: Edition) -> dict[str, tuple[str, ...]]:
    """Map the official words of applicant types, folded, to their column ids."""
    values = [edition.values[cell(RECEIVED, c)] for c in type_columns(edition)]
    return _index((word, v.column) for v in values for word in (v.words[1], v.labels[-1]))


def result_words(edition: Edition) -> dict[str, tuple[str, ...]]:
    """Map the official spellings of results, folded, to the row ids they can mean: one, or none but a group's.

    A row is known by its label, its label without number, its short word, either behind its group's label,
    and by its numbers: （三）1. A group alone, which has several rows, maps to all of them.
    """
    column = type_columns(edition)[0]
    pairs: list[tuple[str, str]] = []
    for row in result_rows(edition):
        value = edition.values[cell(row, column)]
        *groups, last = value.labels[1:-1] or value.labels[:-1]
        own = [last, bare(last), _BRACKETED.sub("", bare(last)), value.words[0]]
        pairs += [(w, row) for w in own]
        for group in groups:
            pairs += [(g, row) for g in (group, bare(group))]
            pairs += [(g + w, row) for g in (group, bare(group)) for w in own]
            numbers = [m[0] for m in (_NUMBERED.match(group), _NUMBERED.match(last)) if m]
            pairs += [("".join(numbers), row)] if len(numbers) == 2 else []
    return _index(pairs)


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word, item in pairs:
        key = fold(word)
        if key and item not in found.get(key, ()):
            found[key] = (*found.get(key, ()), item)
    return found
