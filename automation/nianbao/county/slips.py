"""The return slip (退回单): one page in Word that tells a body what to mend, where, how, by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nianbao.county.model import Member, Status
from nianbao.document import package, styles
from nianbao.document.wml import Element, R, paragraph, run, serialise, w
from nianbao.findings import Finding, classes, stopped, tally
from nianbao.form import Edition
from nianbao.verdicts import Verdict, summary

MARGIN = 1304
WIDTHS = (620, 1900, 3900, 2878)
HEADS = ("序号", "位置", "问题", "怎样改")

LINES = 30
"""Table lines of 10 pt that one page holds beside heading, opening and closing."""

_PER_LINE = (2, 8, 18, 13)
"""Characters that fit on a line of each column."""

_ACROSS = 44
"""Characters on a line of 10 pt across the page."""

_LONGEST = 130
"""Characters of one cell; the annotated workbook has the whole."""


def slip(
    edition: Edition,
    member: Member,
    year: int | None,
    status: Status,
    findings: Sequence[Finding],
    verdicts: Sequence[Verdict] = (),
    *,
    overdue: bool = False,
) -> bytes:
    """Return the slip as .docx bytes; the same findings and verdicts always give the same bytes.

    A deadline that is `overdue` is told, and ordered no more.
    """
    title = f"{edition.titled(member.name, year)}{word(status)}"
    rows = list(_rows([f for f in findings if f.blocks]))
    judged = f"{classes(tally(findings))}。{summary(verdicts)}。" if verdicts else ""
    shown, left = _fitting(rows, LINES - -(-len(judged) // _ACROSS))
    heading = f"年度报告{word(status)}"
    basis = f"依据：《中华人民共和国政府信息公开条例》第四十九条、第五十条；{edition.basis}。"
    more = f"另有 {left} 处，见随附的标出问题的填报表“校验结果”表。" if left else ""
    body = [
        paragraph(styles.TITLE.id, run(heading), after=120),
        paragraph(styles.TABLE_TEXT.id, run(f"{member.name}："), after=60),
        paragraph(styles.TABLE_TEXT.id, run(_opening(edition, status, year, len(rows))), after=100),
        _table(shown),
        paragraph(styles.TABLE_TEXT.id, run(more), after=60),
        paragraph(styles.TABLE_TEXT.id, run(judged), after=60),
        paragraph(styles.TABLE_TEXT.id, run(_closing(member, status, overdue=overdue)), after=60),
        paragraph(styles.TABLE_TEXT.id, run(basis)),
        _page(),
    ]
    frame = package.frame(package.core(title, "", "", edition.report_name))
    return package.write(
        {
            **frame,
            "word/document.xml": serialise(w("document", w("body", *body))),
            "word/styles.xml": styles.styles_part(),
            "word/fontTable.xml": styles.fonts_part(),
            **{f"word/{n}.xml": serialise(w(n[:-1].replace("header", "hdr").replace("footer", "ftr"), w("p")))
               for n in ("header1", "header2", "footer1", "footer2")},
        }
    )  # fmt: skip


def word(status: Status) -> str:
    """Return what a body's slip is called: who sent nothing is reminded, who sent something gets it back."""
    return "催报单" if status is Status.MISSING else "退回单"


def _opening(edition: Edition, status: Status, year: int | None, count: int) -> str:
    year_said = f"{year}年度" if year else "本年度"
    if status is Status.MISSING:
        return f"你单位{year_said}的{edition.report_name}填报表尚未收到："
    if status is Status.UNEXPLAINED:
        return f"你单位报送的{year_said}年报填报表已收到，有 {count} 处需要核实，请改正或在填报表“校验结果”表写明原因："
    if status is Status.UNREADABLE:
        return f"你单位报送的{year_said}年报没有能采用的填报表，现退回，请重新报送："
    return f"你单位报送的{year_said}年报填报表有 {count} 处需要处理，现退回，请逐条改正后重新报送："


def _closing(member: Member, status: Status, *, overdue: bool) -> str:
    by = ""
    if member.deadline:
        year, month, day = (int(x) for x in member.deadline.split("-"))
        said = f"{year}年{month}月{day}日"
        by = f"报送期限（{said}）已过，请尽快" if overdue else f"请于 {said}前"
    what = "报送填报表（.xlsx）" if status is Status.MISSING else "改好并重新报送填报表（.xlsx）"
    return f"{by or '请尽快'}{what}。如有疑问，请与县政府信息公开工作主管部门联系。"


def _rows(findings: Iterable[Finding]) -> Iterator[tuple[str, str, str, str]]:
    for number, found in enumerate(findings, 1):
        what = f"{stopped(found.what)}（规则 {found.rule}）"
        yield str(number), _cut(found.where or found.place), _cut(what), _cut(found.advice)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _fitting(rows: Sequence[tuple[str, str, str, str]], room: int) -> tuple[list[tuple[str, str, str, str]], int]:
    """Return the rows that so many lines hold and how many are left."""
    used, shown = 1, []
    for row in rows:
        needed = max(-(-len(cell) // per) for cell, per in zip(row, _PER_LINE, strict=True))
        if used + needed > room:
            break
        used += needed
        shown.append(row)
    return shown, len(rows) - len(shown)


def _table(rows: Iterable[tuple[str, ...]]) -> Element:
    borders = [w(side, val="single", sz=4, space=0, color="000000") for side in
               ("top", "left", "bottom", "right", "insideH", "insideV")]  # fmt: skip
    margins = w("tblCellMar", w("left", w=80, type="dxa"), w("right", w=80, type="dxa"))
    properties = w(
        "tblPr", w("tblW", w=sum(WIDTHS), type="dxa"), w("tblBorders", *borders), w("tblLayout", type="fixed"), margins
    )
    return w(
        "tbl",
        properties,
        w("tblGrid", *(w("gridCol", w=x) for x in WIDTHS)),
        _row(HEADS, styles.TABLE_FIGURE.id, head=True),
        *(_row(r, styles.TABLE_TEXT.id) for r in rows),
    )


def _row(cells: Sequence[str], style: str, *, head: bool = False) -> Element:
    made = [
        w("tc", w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="center")), paragraph(style, run(text)))
        for text, width in zip(cells, WIDTHS, strict=True)
    ]
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader") if head else None), *made)


def _page() -> Element:
    references = []
    for part in ("header", "footer"):
        for n, kind in ((1, "default"), (2, "even")):
            reference = w(f"{part}Reference", type=kind)
            reference.set(f"{{{R}}}id", f"{part}{n}")
            references.append(reference)
    margins = {
        "top": MARGIN,
        "right": MARGIN,
        "bottom": MARGIN,
        "left": MARGIN,
        "header": 600,
        "footer": 600,
        "gutter": 0,
    }
    return w("sectPr", *references, w("pgSz", w=11906, h=16838), w("pgMar", **margins))
