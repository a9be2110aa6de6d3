"""Building an Edition from its resolved data, and refusing a faulty one with every reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from nianbao.errors import EditionError
from nianbao.form import catalogue, edition_file, rules
from nianbao.form.faults import Fault
from nianbao.form.grid import GridBuilder
from nianbao.form.model import Edition, Field, Level, Section, Table, Text

Raw = dict[str, Any]

_NUMERALS = "一二三四五六七八九十"
_WORD = re.compile(r"[^\W\d]\w*")
_TOKEN = re.compile(r"\{([^{}]+)\}")
COMPUTED_WORDS = ("部分名称", "部分数")
"""Words of the introduction that follow from the sections."""
MAX_SECTIONS = 99
"""Sections of a report; their numbers are read up to 九十九, and the prescribed form has six."""
MOST = {"sections": MAX_SECTIONS, "sheets": 50, "fields": 200, "levels": 200, "texts": 200}
MOST_CELLS, MOST_PARAGRAPHS = 3_000, 1_000
"""Of all tables and all texts together; the prescribed form has 474 and 88."""
OWN_SHEETS = ("填报说明", "基本信息", "上年数据", "校验结果", "逐格核对")
"""The sheets that every workbook has, whatever the form."""
_SHEET = re.compile(r"[^\[\]:*?/\\]{1,31}")


def edition_names() -> list[str]:
    """List the ids of the editions that come with the program."""
    return edition_file.shipped_names()


@lru_cache(maxsize=32)
def load_edition(name: str) -> Edition:
    """Return the edition with this id, or the one in this .toml file.

    Raises EditionError, which lists every fault of the file.
    """
    edition, faults = examine(name)
    if faults or edition is None:
        raise EditionError(name, faults)
    return edition


def current_edition(named: str = "") -> Edition:
    """Return the edition that is named or, where none is, the prescribed one that is in force without an end."""
    return load_edition(named or edition_file.name_in_force())


def examine(name: str) -> tuple[Edition | None, tuple[Fault, ...]]:
    """Return the edition with this id or in this file, and every fault of the file with its place in it.

    With faults the edition is of no use. Raises EditionError when the file can't be read or is no TOML.
    """
    resolved = edition_file.read(name)
    problems: list[str] = []
    edition = None
    try:
        problems.extend(_too_much(resolved.raw))
        if not problems:
            edition = _build(resolved.raw, tuple(resolved.deviations), problems)
    except KeyError as e:
        if not resolved.faults:
            problems.append(f"缺少 {e.args[0]}")
    if not problems and not resolved.faults:
        return edition, ()
    from nianbao.form import fault_places  # noqa: PLC0415 - only where something is wrong

    return edition, fault_places.located(
        [*resolved.faults, *fault_places.explained(problems, resolved.own, resolved.faults)], resolved.text
    )


def _too_much(raw: Raw) -> Iterator[str]:
    """Yield what a form has more of than any could need, before the time is spent to put it together."""
    for key, most in MOST.items():
        if len(raw.get(key, ())) > most:
            yield f"{key} 有 {len(raw[key])} 个，最多 {most} 个"
    cells = sum(len(t["widths"]) * (len(t["rows"]) + len(t.get("header", ()))) for t in raw.get("tables", ()))
    if cells > MOST_CELLS:
        yield f"各表共 {cells} 格，最多 {MOST_CELLS} 格"
    paragraphs = sum(t["paragraphs"] for t in raw.get("texts", ()))
    if paragraphs > MOST_PARAGRAPHS:
        yield f"各段正文共留 {paragraphs} 段，最多 {MOST_PARAGRAPHS} 段"


def _build(raw: Raw, deviations: tuple[str, ...], problems: list[str]) -> Edition:
    tables = _tables(raw, problems)
    built = [rules.build(r, tables, problems) for r in raw["rules"] if not _is_taken(r, problems)]
    edition = Edition(
        id=raw["id"],
        extends=str(raw.get("extends", raw.get("variant_of", ""))),
        name=raw["name"],
        title=raw["title"],
        basis=raw["basis"],
        law=raw["law"],
        status=raw["status"],
        from_year=raw["from_year"],
        to_year=raw.get("to_year"),
        report_title=tuple(raw["report_title"]),
        introduction=tuple(raw["introduction"]),
        introduction_place=raw.get("introduction_place", "before"),
        contact=tuple(raw["contact"]),
        fee_none=raw["fee_none"],
        fee_some=raw["fee_some"],
        sheets=tuple(raw["sheets"]),
        fields=tuple(_field(f) for f in raw["fields"]),
        levels=tuple(Level(x["id"], x["label"], x["makes_regulations"]) for x in raw.get("levels", ())),
        texts=tuple(Text(t["id"], t["label"], t["sheet"], t["paragraphs"], t["prompt"]) for t in raw["texts"]),
        sections=tuple(_section(i, s) for i, s in enumerate(raw["sections"])),
        tables=tuple(tables.values()),
        rules=(*(r for r in built if r is not None), *catalogue.program_rules().values()),
        deviations=deviations,
    )
    _refuse_duplicates(edition, problems)
    _refuse_dangling(edition, problems)
    _refuse_unknown_words(edition, problems)
    if not problems:
        _refuse_unguarded_totals(edition, problems)
    return edition


def _is_taken(rule: Raw, problems: list[str]) -> bool:
    """Tell whether a rule bears the id of one of the program's, which is said."""
    taken = catalogue.is_of_program(rule.get("id", ""))
    if taken:
        problems.append(f"规则 {rule['id']} 是程序自己的，任何格式都有，格式文件里不能另写；请删去，或换一个 id")
    return taken


def _tables(raw: Raw, problems: list[str]) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for item in raw["tables"]:
        grid = GridBuilder(item)
        table = grid.table()
        problems.extend(grid.problems)
        if table.id in tables:
            problems.append(f"表 {table.id} 出现两次")
        tables[table.id] = table
    return tables


def number(index: int) -> str:
    """Return the Chinese numeral of the section with this zero-based place (0 is 一), below `MAX_SECTIONS`."""
    n = index + 1
    if n <= 10:
        return _NUMERALS[n - 1]
    tens, ones = divmod(n, 10)
    return ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" + (_NUMERALS[ones - 1] if ones else "")


def _field(raw: Raw) -> Field:
    kind, required, later = raw.get("kind", "text"), raw.get("required", False), raw.get("later", False)
    return Field(raw["id"], raw["label"], kind, required, raw["prompt"], later)


def _section(index: int, raw: Raw) -> Section:
    return Section(
        raw["id"],
        number(index),
        raw["heading"],
        raw.get("text", ""),
        raw.get("table", ""),
        raw.get("fee_sentence", False),
    )


def _refuse_duplicates(edition: Edition, problems: list[str]) -> None:
    lists = {
        "基本信息项": [f.id for f in edition.fields],
        "基本信息项名称": [f.label for f in edition.fields],
        "级别": [x.id for x in edition.levels],
        "正文": [t.id for t in edition.texts],
        "部分": [s.id for s in edition.sections],
        "规则": [r.id for r in edition.rules],
        "表的官方名称": [t.word for t in edition.tables],
        "格子": [v.key for t in edition.tables for v in t.values],
        "标签": [".".join((t.word, *v.words)) for t in edition.tables for v in t.values],
    }
    for what, items in lists.items():
        problems.extend(f"{what} {item} 重复" for item, n in Counter(items).items() if n > 1)
    for table in edition.tables:
        words = {table.word, *(w for v in table.values for w in v.words)}
        problems.extend(f"“{w}”不能用作模板标签" for w in sorted(words) if not _WORD.fullmatch(w))


def _refuse_dangling(edition: Edition, problems: list[str]) -> None:
    texts = {t.id for t in edition.texts}
    for s in edition.sections:
        if bool(s.text) == bool(s.table):
            problems.append(f"部分 {s.id} 应当有一个 text 或一个 table")
        if s.text and s.text not in texts:
            problems.append(f"部分 {s.id} 指的正文 {s.text} 不存在")
        if s.table and s.table not in edition.table:
            problems.append(f"部分 {s.id} 指的表 {s.table} 不存在")
    shown = Counter(s.table for s in edition.sections if s.table)
    for t in edition.tables:
        if t.printed != (shown[t.id] == 1):
            problems.append(
                f"表 {t.id} 应当在报告中恰好出现一次" if t.printed else f"表 {t.id} 标明不印入报告，却列在部分中"
            )
    for sheet in [*(t.sheet for t in edition.tables), *(t.sheet for t in edition.texts)]:
        if sheet not in edition.sheets:
            problems.append(f"工作表 {sheet} 没有列在 sheets 中")
    problems.extend(f"工作表“{s}”是填报表自己的，请换一个名称" for s in edition.sheets if s in OWN_SHEETS)
    told = Counter(s.casefold() for s in edition.sheets)
    problems.extend(f"工作表“{s}”出现两次" for s in dict.fromkeys(edition.sheets) if told[s.casefold()] > 1)
    problems.extend(f"工作表名称“{s}”Excel 不能用" for s in edition.sheets if not _SHEET.fullmatch(s))
    if edition.introduction_place != "before" and edition.introduction_place not in {s.id for s in edition.sections}:
        problems.append(f"introduction_place 指的部分 {edition.introduction_place} 不存在")


def _refuse_unknown_words(edition: Edition, problems: list[str]) -> None:
    """Sentences are filled when a report is made; what they ask for must be known by then."""
    known = {*(f.label for f in edition.fields), *COMPUTED_WORDS}
    known |= {".".join((t.word, *v.words)) for t in edition.tables for v in t.values}
    sentences = (*edition.report_title, *edition.introduction, *edition.contact, edition.fee_none, edition.fee_some)
    for sentence in sentences:
        problems.extend(f"文字“{sentence}”里的 {{{w}}} 不认识" for w in _TOKEN.findall(sentence) if w not in known)


def _refuse_unguarded_totals(edition: Edition, problems: list[str]) -> None:
    for value in edition.values.values():
        if value.total and value.key not in edition.sums:
            problems.append(f"合计 {value.key} 没有规则核对")
