"""What a published report says of 信息处理费 in words: the form has no table for it (note under section six).

Two ways of saying it are read: the edition's own sentence with its figures, and that none was received. Whatever else a
report says of the fee, twice, under a condition or of another year, gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from nianbao.form import Edition, Value
from nianbao.numbers import Number, read_number
from nianbao.published.model import Paragraph
from nianbao.published.titles import bare, pattern

_WORD = "处理费"
_TOKEN = re.compile(r"\{([^{}]+)\}")
_RECEIVED = "实际收取"
_DIGIT, _WRITTEN = re.compile(r"[0-9]"), re.compile(r"[0-9０-９]")
_END = re.compile(r"[。;]")
_BY_LAW = re.compile(r"(?:根据|按照|依据|依照|按)[^,]*,")
_WHEN = r"(?:(?:(?P<year>\d{4})年度?|本年度?|全年)(?:内|期间|中)?)"
_UNIT = "省市州盟县区旗乡镇街道局办委厅院部会站所队处室中心机关单位政府"
_WHO = rf"(?:我们|[我本][{_UNIT}]{{1,4}}|{{name}})"
_NONE = (
    r"(?:均|都)?(?:未|没有)(?:收取过?|发生过?|产生过?)(?:任何)?(?:政府信息公开|依申请公开|公开)?信息(?:公开)?处理费用?"
    r"(?:的?情况)?(?:,(?!但|除|仅|其中).*)?"
)


def read(edition: Edition, paragraphs: Sequence[Paragraph], year: int | None, name: str) -> dict[str, Number]:
    """Return the figures of 信息处理费 that these paragraphs of one section state, by cell key; often none.

    A report that says it received none states one figure, 0 received: how many notices went out it does not say.
    """
    speaking = [p for p in paragraphs if _WORD in bare(p.text)]
    sentences = [s for p in speaking for s in _END.split(bare(p.text)) if _WORD in s]
    if len(sentences) != 1 or year is None or any(p.doubt or not _is_plain(p.text) for p in speaking):
        return {}
    said = sentences[0]
    values, sentence = _own(edition)
    own = sentence.fullmatch(said)
    if own:
        read_ = {v.key: read_number(own[f"v{i}"], v.kind, v.unit).value for i, v in enumerate(values)}
        sure = own["year"] == str(year) and all(n is not None for n in read_.values())
        return {k: n for k, n in read_.items() if n is not None} if sure else {}
    received = [v.key for v in values if any(w.startswith(_RECEIVED) for w in v.words)]
    none = _none(name).fullmatch(_BY_LAW.sub("", said, count=1))
    if none is None or {none["year"], none["year2"]} - {None, str(year)} or len(received) != 1:
        return {}
    return {received[0]: 0}


def _is_plain(text: str) -> bool:
    """Tell whether every digit is written as one: ² and ② are other signs, though their plain form is 2."""
    return len(_DIGIT.findall(bare(text))) == len(_WRITTEN.findall(text))


@lru_cache(maxsize=32)
def _own(edition: Edition) -> tuple[tuple[Value, ...], re.Pattern[str]]:
    """Return the figures that the edition's sentence names, and how it looks in a report, they in groups v0, v1 …."""
    told = [t for t in _TOKEN.findall(edition.fee_some) if t in edition.named]
    groups = {f"{{{t}}}": rf"(?P<v{i}>[\d.]+)" for i, t in enumerate(told)}
    return tuple(edition.named[t] for t in told), pattern(edition.fee_some.rstrip("。"), groups)


def _none(name: str) -> re.Pattern[str]:
    """Return what a sentence looks like, bare, by which the body says that it received no fee."""
    who = _WHO.replace("{name}", re.escape(bare(name)) if name else "(?!)")
    when = _WHEN.replace("?P<year>", "?P<year2>")
    return re.compile(rf"{_WHEN}?,?{who}?,?{when}?,?{_NONE}")
