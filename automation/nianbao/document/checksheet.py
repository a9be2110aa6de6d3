"""The 校核单: one A4 page that says what was checked of a report, why what is odd is right, and who answers for it.

Rows have exact heights and texts are shortened to them, so that it is one page whatever is written.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nianbao.document import fit, package, styles, table_xml
from nianbao.document.data import digest
from nianbao.document.styles import ReportStyle
from nianbao.document.verdict_counts import SUM, Tally, tallies
from nianbao.document.wml import Element, paragraph, run, serialise, w
from nianbao.findings import Finding, Severity
from nianbao.ooxml import zips
from nianbao.report import Reading
from nianbao.verdicts import Verdict, missing

TITLE = "校核单"
"""Behind what the report is called."""
UNKNOWN = "（未填）"
ROLES = ("填报人", "审核人", "分管领导")
NOTES = (
    "校验码由报告的单位信息、数字和文字算出，改动其中任何一个数字，校验码都会改变。",
    "签名前请用最终的填报表重新生成本单，核对校验码与上面的一致。",
)

PAGE = {"w": 11906, "h": 16838}
MARGINS = {"top": 1134, "right": 1474, "bottom": 1020, "left": 1588, "header": 567, "footer": 567, "gutter": 0}
FREE = PAGE["h"] - MARGINS["top"] - MARGINS["bottom"] - 300
"""Twips for all that stands on the page; the rest is kept back for the lines of the tables."""

LINE, PADDING = 260, 100
_LEAST_LINES, MOST_LINES = 2, 9
"""Lines of a reason when there are many, and of the longest one shown, some 220 characters."""

_TITLE = replace(styles.TITLE, id="SheetTitle", name="校核单标题", line=640, after=120)
_HEADING = ReportStyle("SheetHeading", "校核单小标题", styles.HEITI, 24, "left", line=340, before=100, after=40)
_TEXT = ReportStyle("SheetText", "校核单文字", styles.SONG, 20, "left", line=LINE)
_CENTRED = ReportStyle("SheetCentred", "校核单居中文字", styles.SONG, 20, "center", line=LINE)
_LABEL = ReportStyle("SheetLabel", "校核单栏目", styles.HEITI, 20, "center", line=LINE)
_NOTE = ReportStyle("SheetNote", "校核单附注", styles.FANGSONG, 20, "left", line=300)
_STYLES = (_TITLE, _HEADING, _TEXT, _CENTRED, _LABEL, _NOTE)

_HEAD = 60_000
"""Bytes of a document in which its title stands."""
_TAG = re.compile(r"<[^>]*>")

_FACTS = (1500, 3444, 1300, 2600)
_RULES = (2144, 750, 750, 900, 750, 800, 800, 750, 1200)
_REASONS = (700, 2500, 5644)
_SIGNATURES = (1900, 3444, 900, 2600)
_SIGNATURES_LEAST, _SIGNATURES_MOST = 500, 760
_SPREAD = 2 * LINE + PADDING
_COLUMN = LINE + PADDING


@dataclass(frozen=True)
class SheetBox:
    """One cell: its lines, its style, how many columns it takes, and where it is merged downwards."""

    lines: Sequence[str]
    style: ReportStyle = _TEXT
    columns: int = 1
    down: str = ""


@dataclass(frozen=True)
class FixedRow:
    """One row of exactly this height in twips."""

    height: int
    boxes: tuple[SheetBox, ...]


def is_check_sheet(docx: bytes) -> bool:
    """Tell whether a Word file is a 校核单: that is what stands above its first table, whoever saved it last."""
    try:
        with zips.opened(io.BytesIO(docx)) as parts, parts.open("word/document.xml") as part:
            head = part.read(_HEAD).decode("utf-8", "replace").partition("<w:tbl>")[0]
    except (*zips.BROKEN, KeyError):
        return False
    paragraphs = (_TAG.sub("", p).strip() for p in head.split("</w:p>"))
    return next((p for p in paragraphs if p), "").endswith(TITLE)


def check_sheet(reading: Reading, findings: Sequence[Finding], verdicts: Sequence[Verdict], file_name: str) -> bytes:
    """Return the 校核单 of a report as a .docx, always one page and the same bytes for the same report.

    `findings` have their reasons; `file_name` is the report's own file. Raises InputError for a text of the report
    that no document can hold.
    """
    called = f"{reading.edition.report_name}{TITLE}"
    notes = [*_unjudged(verdicts), *NOTES]
    facts, rules = _facts(reading, file_name), _families(tallies(verdicts, findings))
    headings = 3 * (_HEADING.line + _HEADING.before + _HEADING.after)
    room = FREE - headings - _TITLE.line - _TITLE.after - len(notes) * _NOTE.line - _total([*facts, *rules])
    reasons = _reasons(findings, room - len(ROLES) * _SIGNATURES_LEAST)
    signature = min((room - _total(reasons)) // len(ROLES), _SIGNATURES_MOST)
    body = w(
        "body",
        paragraph(_TITLE.id, run(called)),
        _table(_FACTS, facts),
        paragraph(_HEADING.id, run("一、规则核对情况")),
        _table(_RULES, rules),
        paragraph(_HEADING.id, run("二、已写明的原因")),
        _table(_REASONS, reasons),
        paragraph(_HEADING.id, run("三、签名")),
        _table(_SIGNATURES, _signatures(signature)),
        *(paragraph(_NOTE.id, run(line)) for line in notes),
        w("sectPr", w("pgSz", **PAGE), w("pgMar", **MARGINS)),
    )
    name = fit.one_line(reading.report.name)
    return package.write(
        {
            **package.frame(
                package.core(f"{name}{reading.report.year or ''}{called}", name, "", reading.edition.report_name),
                ("document", "styles", "settings", "fontTable"),
            ),
            "word/document.xml": serialise(w("document", body)),
            "word/styles.xml": styles.styles_part(_STYLES, ()),
            "word/fontTable.xml": styles.fonts_part(),
        }
    )


def _unjudged(verdicts: Sequence[Verdict]) -> list[str]:
    """Return the lines that say why rules could not be judged: at most two, none when all were."""
    why = missing(verdicts)
    said = f"未核对的规则：{why}。未核对不等于通过。"
    return fit.shortened(said, (PAGE["w"] - MARGINS["left"] - MARGINS["right"]) / (_NOTE.size * 10), 2) if why else []


def _facts(reading: Reading, file_name: str) -> list[FixedRow]:
    report, edition = reading.report, reading.edition
    level = edition.level(report.body.get("level", ""))
    code = digest(edition, report)
    groups = [code[i : i + 8] for i in range(0, len(code), 8)]
    return [
        _fact("单位名称", report.name, 2),
        FixedRow(
            _COLUMN,
            (
                SheetBox(["年　　度"], _LABEL),
                SheetBox([str(report.year) if report.year else UNKNOWN]),
                SheetBox(["级　　别"], _LABEL),
                SheetBox(fit.shortened(level.label if level else UNKNOWN, _width(_FACTS[3]), 1)),
            ),
        ),
        _fact("报告格式", f"{edition.name}（{edition.basis}）", 2),
        _fact("报告文件", file_name, 2),
        FixedRow(
            _SPREAD,
            (
                SheetBox(["数据校验码", "（SHA-256）"], _LABEL),
                SheetBox(["  ".join(groups[:4]), "  ".join(groups[4:])], columns=3),
            ),
        ),
    ]


def _fact(label: str, text: str, most: int) -> FixedRow:
    lines = fit.shortened(text.strip() or UNKNOWN, _width(sum(_FACTS[1:])), most)
    return FixedRow(len(lines) * LINE + PADDING, (SheetBox([label], _LABEL), SheetBox(lines, columns=3)))


def _families(counted: Sequence[Tally]) -> list[FixedRow]:
    heads = ("核对", "通过", "未核对", "强制", "待说明", "已说明", "提示")
    rows = [
        FixedRow(
            _COLUMN,
            (
                SheetBox(["规则类别"], _LABEL, down="restart"),
                SheetBox(["规则（条）"], _LABEL, columns=3),
                SheetBox(["问题（处）"], _LABEL, columns=4),
                SheetBox(["结论"], _LABEL, down="restart"),
            ),
        ),
        FixedRow(
            _COLUMN,
            (
                SheetBox([""], _LABEL, down="continue"),
                *(SheetBox([h], _LABEL) for h in heads),
                SheetBox([""], down="continue"),
            ),
        ),
    ]
    return rows + [_family(t) for t in counted]


def _family(one: Tally) -> FixedRow:
    name = f"{one.name}（{one.letter}）" if one.letter else one.name
    counts = (one.checked, one.passed, one.unchecked, one.errors, one.waiting, one.explained, one.hints)
    style = _CENTRED if one.verdict == "通过" else _LABEL
    return FixedRow(
        LINE + 60,
        (
            SheetBox([name], _LABEL if one.name == SUM else _TEXT),
            *(SheetBox([str(n)], _CENTRED) for n in counts),
            SheetBox([one.verdict], style),
        ),
    )


def _reasons(findings: Sequence[Finding], room: int) -> list[FixedRow]:
    """Return the reasons in the room there is: as many as fit with two lines each, then longer while that fits."""
    explained = [f for f in findings if f.explanation]
    if not explained:
        waiting = sum(1 for f in findings if f.severity is Severity.EXPLAIN)
        said = f"有{waiting}处待说明，还没有写明原因。" if waiting else "没有写明原因的问题。"
        return [_sentence_row(said)]
    head = FixedRow(_COLUMN, tuple(SheetBox([t], _LABEL) for t in ("规则", "位置", "原因")))
    room -= head.height
    rows = [_reason(f, _LEAST_LINES) for f in explained[: room // LINE]]
    if len(rows) < len(explained) or _total(rows) > room:
        room -= _COLUMN
        while _total(rows) > room:
            rows.pop()
    rest = len(explained) - len(rows)
    for most in range(_LEAST_LINES + 1, MOST_LINES + 1):
        for i, (row, finding) in enumerate(zip(rows, explained, strict=False)):
            longer = _reason(finding, most)
            if _total(rows) - row.height + longer.height <= room:
                rows[i] = longer
    return [head, *rows, *([_sentence_row(f"其余{rest}条见校验结果。")] if rest else [])]


def _sentence_row(sentence: str) -> FixedRow:
    return FixedRow(_COLUMN, (SheetBox([sentence], columns=3),))


def _total(rows: Sequence[FixedRow]) -> int:
    return sum(r.height for r in rows)


def _reason(finding: Finding, most: int) -> FixedRow:
    rule, where = finding.rule, finding.where or finding.place
    cells = [
        fit.shortened(text, _width(width), lines)
        for text, width, lines in zip((rule, where, finding.explanation or ""), _REASONS, (1, 2, most), strict=True)
    ]
    height = max(map(len, cells)) * LINE + 60
    return FixedRow(height, (SheetBox(cells[0], _CENTRED), SheetBox(cells[1]), SheetBox(cells[2])))


def _signatures(height: int) -> list[FixedRow]:
    date = "　　　　年　　月　　日"
    return [
        FixedRow(
            height,
            (SheetBox([f"{role}（签名）"], _LABEL), SheetBox([""]), SheetBox(["日期"], _LABEL), SheetBox([date])),
        )
        for role in ROLES
    ]


def _width(twips: int) -> float:
    """Return how many characters stand on a line of a cell of this width."""
    return (twips - 2 * table_xml.CELL_MARGIN) / (_TEXT.size * 10)


def _table(widths: Sequence[int], rows: Sequence[FixedRow]) -> Element:
    return w(
        "tbl",
        table_xml.properties(),
        w("tblGrid", *(w("gridCol", w=x) for x in widths)),
        *(_row(widths, r) for r in rows),
    )


def _row(widths: Sequence[int], row: FixedRow) -> Element:
    element = w("tr", w("trPr", w("cantSplit"), w("trHeight", val=row.height, hRule="exact"), w("jc", val="center")))
    column = 0
    for box in row.boxes:
        element.append(_cell(box, sum(widths[column : column + box.columns])))
        column += box.columns
    return element


def _cell(box: SheetBox, width: int) -> Element:
    properties = w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("gridSpan", val=box.columns) if box.columns > 1 else None,
        w("vMerge", val=box.down) if box.down else None,
        w("vAlign", val="center"),
    )
    return w("tc", properties, *(paragraph(box.style.id, run(line)) for line in box.lines))
