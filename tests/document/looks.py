"""How reports of every kind look on paper, as compact measurements: where each line stands, how much ink is where.

`python tests/document/looks.py` makes the reports, has LibreOffice print them and writes `tests/cases/looks/`, which
`test_kept_looks.py` compares with the looks of today. Written down are, of each page,

    lines  [top, left, right, beginning] in mm from the page's corner; what stands at one height is one line
    ink    35 × 50 cells of 6 mm, a digit each: 0 is white, 9 is a third black or more

Compared line by line within `SHIFT`, cell by cell within `FAINT`, of which `SHARE` may differ more: a font of another
version shifts an edge, a line that breaks elsewhere, a table on another page or a clipped figure does not pass.
The fonts are those that `tests/run.py` installs, named in `fonts.conf`: their figures are as wide as those of 宋体.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))

import office
from nianbao.document import template_for
from nianbao.form import edition_names, load_edition
from nianbao.report import Report
from reports import zero

KEPT = Path(__file__).parents[1] / "cases" / "looks"
FONTS = Path(__file__).with_name("fonts.conf")

SHIFT = 1.5
"""Millimetres that a line may begin or end elsewhere."""
FAINT, SHARE = 2, 0.03
"""Steps of ink a cell may differ by, and the part of a page's cells that may differ by more."""

COLUMNS, ROWS = 35, 50
_BLACK = 3.0
_BEGINNING = 8
"""Characters kept of a line: enough to know it."""
_MM = 25.4 / 72
_ONE_LINE = 1.2
"""Words whose middles are nearer than this, in mm, stand in one line."""

LONG = "龙岩市武平县自然资源局（武平县林业局、武平县不动产登记管理委员会办公室）"
SENTENCE = "全年通过县政府网站“政府信息公开”专栏公开各类信息1,234条，其中政策文件12件、解读材料8篇，及时回应群众关切。"
ADDRESS = (
    "全年在县政府网站（https://www.example.gov.cn/zwgk/zfxxgk/zfxxgknb/2025/202601/t20260112_1234567.htm）公开政府信息"
    "120条，并通过微信公众号ExampleCountyGovernmentInformationDisclosure推送，读者可直接查看。"
)
SIGNED = {
    "signed_on": "2026-1-12", "address": "示例县示例镇示例路1号", "phone": "0597-0000000", "postcode": "364300",
}  # fmt: skip

Look = dict[str, Any]


def reports() -> dict[str, Report]:
    """The reports by name: each edition's, with six-digit figures, eight pages of text, none, long names, a seal."""
    made = {f"edition-{name}": _signed(zero(name)) for name in edition_names()}
    plain = made["edition-2021"]
    figures = {k: 123_456 + i if k.startswith(("requests", "review")) else 0 for i, k in enumerate(plain.values)}
    headed = [f"（{n}）主动公开。{SENTENCE * 8}" for n in "一二三四五六七八九"]
    long = {**plain.body, "name": LONG}
    return made | {
        "six-digits": replace(plain, values={**plain.values, **{k: v for k, v in figures.items() if v}}),
        "eight-pages": replace(plain, texts={**plain.texts, "overview": "\n".join(headed)}),
        "no-text": replace(zero(), texts={}),
        "long-names": replace(plain, body=long, texts={**plain.texts, "overview": f"{ADDRESS}\n{SENTENCE}"}),
        "sealed": replace(plain, body={**long, "stamped": "是"}),
    }


def _signed(report: Report) -> Report:
    return replace(report, body={**report.body, **SIGNED})


def looks(folder: Path, chosen: Mapping[str, Report]) -> dict[str, Look]:
    """Print reports with LibreOffice into a folder and measure them, by name."""
    paths = {name: folder / f"{name}.docx" for name in chosen}
    for name, report in chosen.items():
        paths[name].write_bytes(template_for(load_edition(report.edition)).render(report))
    with _fonts():
        printed = office.convert_all([*paths.values()], "pdf", folder)
    return {name: look(pdf, folder / name) for name, pdf in zip(paths, printed, strict=True)}


def look(pdf: Path, folder: Path) -> Look:
    """Measure every page of a PDF; its pictures go into a folder."""
    pictures = office.pictures(pdf, folder, dpi=50)
    return {"pages": [{"lines": lines(pdf, n), "ink": ink(picture)} for n, picture in enumerate(pictures, 1)]}


def lines(pdf: Path, page: int) -> list[list[Any]]:
    """Return the lines of a page from top to bottom: top, left and right in mm, and how they begin."""
    rows: list[list[tuple[float, float, float, float, str]]] = []
    for left, top, right, bottom, text in sorted(office.words(pdf, page), key=lambda w: (w[1] + w[3], w[0])):
        word = (left * _MM, top * _MM, right * _MM, bottom * _MM, text)
        if rows and abs(_middle(rows[-1][-1]) - _middle(word)) < _ONE_LINE:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_line(sorted(row)) for row in rows]


def _middle(word: tuple[float, float, float, float, str]) -> float:
    return (word[1] + word[3]) / 2


def _line(row: list[tuple[float, float, float, float, str]]) -> list[Any]:
    said = "".join(w[4] for w in row)[:_BEGINNING]
    return [round(min(w[1] for w in row), 1), round(row[0][0], 1), round(max(w[2] for w in row), 1), said]


def ink(picture: Path) -> list[str]:
    """Return how dark each cell of a page is, row by row, a digit each."""
    with Image.open(picture) as opened:
        cells = opened.convert("L").resize((COLUMNS, ROWS), Image.Resampling.BOX).tobytes()
    digits = "".join(str(min(9, round((255 - c) / 255 * 9 * _BLACK))) for c in cells)
    return [digits[i : i + COLUMNS] for i in range(0, len(digits), COLUMNS)]


def differences(kept: Look, now: Look) -> list[str]:
    """Say where a report looks otherwise than it did; nothing within the tolerance."""
    if len(kept["pages"]) != len(now["pages"]):
        return [f"{len(kept['pages'])} pages have become {len(now['pages'])}"]
    pairs = zip(kept["pages"], now["pages"], strict=True)
    return [f"page {n}: {said}" for n, (was, is_) in enumerate(pairs, 1) for said in _differing(was, is_)]


def _differing(was: Look, now: Look) -> Iterator[str]:
    before, after = [x[3] for x in was["lines"]], [x[3] for x in now["lines"]]
    if before != after:
        pairs = enumerate(zip(before, after, strict=False))
        first = next((i for i, (a, b) in pairs if a != b), min(len(before), len(after)))
        yield f"line {first + 1} was {before[first : first + 1]}, is {after[first : first + 1]}"
        return
    for i, (old, new) in enumerate(zip(was["lines"], now["lines"], strict=True), 1):
        if any(abs(a - b) > SHIFT for a, b in zip(old[:3], new[:3], strict=True)):
            yield f"line {i}, {old[3]}, has moved from {old[:3]} to {new[:3]}"
    cells = [(int(a), int(b)) for x, y in zip(was["ink"], now["ink"], strict=True) for a, b in zip(x, y, strict=True)]
    other = sum(abs(a - b) > FAINT for a, b in cells) / len(cells)
    if other > SHARE:
        yield f"{other:.1%} of the page are lighter or darker"


def load(name: str) -> Look:
    """Read the kept looks of a report."""
    found: Look = json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8"))
    return found


def store(name: str, found: Look) -> None:
    """Write the looks of a report, one line of the file for each line and row of a page."""
    pages = [
        '{"lines": [\n' + ",\n".join(json.dumps(x, ensure_ascii=False, separators=(",", ":")) for x in page["lines"])
        + '\n], "ink": [\n' + ",\n".join(json.dumps(x) for x in page["ink"]) + "\n]}"
        for page in found["pages"]
    ]  # fmt: skip
    KEPT.mkdir(exist_ok=True)
    (KEPT / f"{name}.json").write_text('{"pages": [\n' + ",\n".join(pages) + "\n]}\n", encoding="utf-8")


@contextmanager
def _fonts() -> Iterator[None]:
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(FONTS)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        for report_name, measured in looks(Path(scratch), reports()).items():
            store(report_name, measured)
