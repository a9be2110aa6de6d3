"""The tags of a Word template in official words, and what each prints. The only place that maps ids to words."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from nianbao.document import prose, signature
from nianbao.document.prose import YES, Paragraph
from nianbao.form import Edition, Kind, Value
from nianbao.report import Report, clean_text

DRAFT_MARK = "【草稿　未通过校验，不得作为正式报告】"

TITLE, FULL_TITLE, DRAFT, CONTACT, TYPED = "标题", "报告全称", "草稿", "联系方式", "自填名称"
INTRODUCTION, NAME, DATE = "引言", "单位名称", "成文日期"
SIGNATURE, STAMPED = "落款", "加盖印章"
LINE, PARAGRAPH, LEAD, REST, RAGGED, LAST = "行", "段", "标题", "文字", "靠左", "末段"
LEVELS = {2: "二级标题", 3: "三级标题", 4: "四级标题"}

Context = dict[str, Any]


def tag(edition: Edition, value: Value) -> str:
    """Return the tag of a figure, e.g. {{ 表三.本年新收.自然人 }}."""
    return braced(".".join((edition.table[value.table].word, *value.words)))


def typed_tag(key: str) -> str:
    """Return the tag of a label that the clerk types."""
    return braced(f"{TYPED}.{key}")


def context(edition: Edition, report: Report, draft: bool = False) -> Context:
    """Return everything a template of this edition may print, by official word, ready to print.

    Figures and facts that are blank are ''. Raises InputError naming the text or fact that has
    characters no document can hold.
    """
    return of_clean(edition, clean(edition, report), draft)


def of_clean(edition: Edition, report: Report, draft: bool) -> Context:
    """Return the same for a report that `clean` gave."""
    result: Context = {
        DRAFT: DRAFT_MARK if draft else "",
        TITLE: list(prose.title_lines(edition, report)),
        CONTACT: list(prose.contact(edition, report)),
        TYPED: {key: report.texts.get(key, "") for key in edition.typed_labels},
    }
    result[FULL_TITLE] = "".join(result[TITLE])
    known = prose.words(edition, report)
    result.update({word(k): v for k, v in known.items()})
    stamped = prose.is_stamped(report)
    name, date = signature.placed(known.get(NAME, ""), known.get(DATE, ""), stamped=stamped)
    result[SIGNATURE], result[STAMPED] = {NAME: name, DATE: date}, YES if stamped else ""
    for text in edition.texts:
        result[word(text.label)] = _paragraphs(prose.section_text(edition, report, text.id))
    result[INTRODUCTION] = _paragraphs("\n".join(prose.introduction(edition, report)))
    for (table, row), columns in _rows(edition).items():
        result.setdefault(table, {})[row] = {w: prose.figure(report, key, kind) for w, key, kind in columns}
    return result


@lru_cache(maxsize=32)
def _rows(edition: Edition) -> dict[tuple[str, str], list[tuple[str, str, Kind]]]:
    """Map the official words of table and row to what is printed there: column word, cell key, kind."""
    rows: dict[tuple[str, str], list[tuple[str, str, Kind]]] = {}
    for key, value in edition.values.items():
        row, column = value.words
        rows.setdefault((edition.table[value.table].word, row), []).append((column, key, value.kind))
    return rows


def word(label: str) -> str:
    """Return a label as a tag can hold it, without punctuation."""
    return re.sub(r"\W", "", label)


def braced(path: str) -> str:
    """Return the tag that prints this path."""
    return f"{{{{ {path} }}}}"


def _paragraphs(text: str) -> list[dict[str, str]]:
    found = [_paragraph(p) for p in prose.paragraphs_of(text)]
    return [*found[:-1], *({**p, LAST: YES} for p in found[-1:])]


def _paragraph(paragraph: Paragraph) -> dict[str, str]:
    levels = {name: YES if n == paragraph.level else "" for n, name in LEVELS.items()}
    looks = {RAGGED: YES if paragraph.ragged else "", LAST: ""}
    return {**levels, **looks, LEAD: paragraph.heading, REST: paragraph.rest}


def clean(edition: Edition, report: Report) -> Report:
    """Return the report with every text and fact as a document can hold it. Raises InputError naming which cannot."""
    labels = {f.id: f.label for f in edition.fields} | {t.id: t.label for t in edition.texts}
    return replace(
        report,
        body={k: clean_text(v, labels.get(k, k)) for k, v in report.body.items()},
        texts={k: clean_text(v, labels.get(k, k)) for k, v in report.texts.items()},
    )
