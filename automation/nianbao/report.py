"""The report: figures by cell key, texts by section, facts about the body. Report JSON in and out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nianbao import findings, numbers
from nianbao.errors import InputError, UnknownEditionError
from nianbao.findings import Finding, Places, Severity, tell
from nianbao.form import Edition, edition_names, load_edition, program_rule
from nianbao.numbers import Number, Spelling

if TYPE_CHECKING:
    from nianbao.notice import Notice

MAX_TEXT = 50_000
"""Characters in one text; a real section has about a thousand."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Report:
    """One body's report for one year. An absent key is a blank cell; texts separate paragraphs by a line feed."""

    edition: str
    year: int | None
    body: Mapping[str, str]
    values: Mapping[str, Number]
    texts: Mapping[str, str]

    @property
    def name(self) -> str:
        """The body's full name, or ''."""
        return self.body.get("name", "")


@dataclass(frozen=True)
class Reason:
    """One written reason and the fingerprint of the finding it was written for."""

    fingerprint: str
    text: str


@dataclass(frozen=True)
class Reading:
    """What a reader got out of a file: the report, what it noticed, where each thing stands.

    `unread` are the keys whose cells hold something that is no number; they have their finding already.
    `computed` are totals that the reader added up itself, so that they cannot be wrong on their own.
    `reasons` are those typed in the sheet 校验结果.
    `with_register` tells whether 表三 was compared with the register of applications.
    `last_year` is the report carried in the sheet 上年数据, in its own edition.
    `notice` is what the county asks beside the form, where it was given.
    `today` is the day of the check; without it nothing is judged by the calendar.
    `slips` says by how much figures may be too large because sums they are in do not hold (rules A1 to A4).
    """

    edition: Edition
    report: Report
    findings: tuple[Finding, ...]
    places: Places
    unread: frozenset[str] = field(default=frozenset())
    computed: frozenset[str] = field(default=frozenset())
    last_year: Report | None = None
    reasons: tuple[Reason, ...] = ()
    with_register: bool = False
    notice: Notice | None = None
    today: date | None = None
    slips: Mapping[str, frozenset[Number]] = field(default_factory=dict)


def to_json(report: Report) -> dict[str, Any]:
    """Return the Report JSON: counts as numbers, amounts as strings, blanks left out."""
    return {
        "edition": report.edition,
        "year": report.year,
        "body": dict(report.body),
        "values": {k: findings.figure(v) for k, v in report.values.items()},
        "texts": dict(report.texts),
    }


def dumps(report: Report) -> str:
    """Return the Report JSON as text, one value a line."""
    return json.dumps(to_json(report), ensure_ascii=False, indent=1) + "\n"


def handed_over(reading: Reading) -> Report:
    """Return a reading's report as it may leave the office: its edition named by id, never by a path."""
    return replace(reading.report, edition=reading.edition.id)


def loads(text: str, edition_name: str = "") -> Reading:
    """Read Report JSON; `edition_name` overrides the edition it names.

    Wrong figures and unknown keys are findings. Raises InputError when it is no Report JSON at all.
    """
    try:
        data = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as e:
        raise InputError("文件不是正确的 JSON，读不出年报数据") from e
    if not isinstance(data, dict) or not isinstance(data.get("values"), dict):
        raise InputError("文件里没有年报数据（缺少 values）")
    named = edition_name or data.get("edition")
    if not isinstance(named, str) or not named:
        raise InputError("年报数据没有写明格式版本（缺少 edition）")
    if not edition_name and not named.endswith(".toml") and named not in edition_names():
        raise UnknownEditionError(
            named,
            f"年报数据写的格式版本“{named}”不是程序自带的，如果是当地的格式，请用“--edition 格式文件.toml”指明",
        )
    edition = load_edition(named)
    places = Places(edition, {})
    noticed: list[Finding] = []
    unread: set[str] = set()
    values = _values(edition, data["values"], places, noticed, unread)
    report = Report(
        edition=edition.id if not named.endswith(".toml") else named,
        year=data["year"] if isinstance(data.get("year"), int) and not isinstance(data["year"], bool) else None,
        body=_strings(data.get("body"), "body"),
        values=values,
        texts=_strings(data.get("texts"), "texts"),
    )
    return Reading(edition, report, tuple(noticed), places, frozenset(unread))


def _values(
    edition: Edition, raw: Mapping[str, Any], places: Places, noticed: list[Finding], unread: set[str]
) -> dict[str, Number]:
    rule = program_rule("W2")
    values: dict[str, Number] = {}
    for key, value in edition.values.items():
        read = numbers.read_number(raw.get(key), value.kind, value.unit)
        if read.value is not None:
            values[key] = read.value
        if read.spelling is Spelling.UNREADABLE:
            unread.add(key)
            what = f"这里写的是“{raw[key]}”，读不出确定的数字"
            where = places.named(key)
            noticed.append(tell(rule, places.of(key), what, where=where, cells=(key,), severity=Severity.ERROR))
    for key in sorted(set(raw) - set(edition.values)):
        what = f"格式“{edition.name}”没有这一格，没有采用"
        how = "核对这一项的名称；没有用的，删去"
        noticed.append(tell(program_rule("W1"), str(key), what, where=f"“{key}”", how=how, severity=Severity.ERROR))
    return values


def _strings(raw: object, what: str) -> dict[str, str]:
    if raw is None:
        return {}
    if not isinstance(raw, dict) or not all(isinstance(v, str | None) for v in raw.values()):
        raise InputError(f"年报数据的 {what} 应当是一组文字")
    return {str(k): clean_text(v, f"“{k}”") for k, v in raw.items() if v is not None and v.strip()}


def clean_text(text: str, place: str) -> str:
    """Return typed text with line ends unified and outer blank lines dropped, everything else as typed.

    Raises InputError naming `place` for control characters, broken characters (lone surrogates) and
    texts beyond MAX_TEXT, which no Word document can hold.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\u2028", "\n")
    unprintable = _UNPRINTABLE.search(unified)
    if unprintable is not None:
        code = ord(unprintable[0])
        raise InputError(f"{place}：文字中有不能印刷的字符（编码 U+{code:04X}），请删去后再试")
    if len(unified) > MAX_TEXT:
        raise InputError(f"{place}：文字有 {len(unified)} 个字，超过 {MAX_TEXT} 个字的上限")
    return unified.strip("\n")
