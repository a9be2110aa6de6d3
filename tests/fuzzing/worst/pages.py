"""The largest web pages, PDFs and texts."""

import random
from collections.abc import Callable

import reports
from fuzzing import drawn_pdf
from fuzzing.worst.packing import Cases, Make
from nianbao.published import html, pdf, text
from published import pages


def _page(piece: str, before: str = "", after: str = "", most: int = html.MAX_TEXT) -> Make:
    def made() -> bytes:
        whole = pages.page(reports.zero()).rendered().decode()
        elements = html.MAX_STEPS - whole.count("<")
        each = max(1, piece.replace("</", "").count("<"))
        times = min(elements // each, (most - len(whole) - len(before + after)) // len(piece))
        return whole.replace("</body>", before + piece * times + after + "</body>").encode()

    return made


PAGES = {
    "one long paragraph": _page("公开12件，", "<p>", "</p>"),
    "paragraphs": _page("<p>公开12件，全部按期办结，没有遗漏</p>"),
    "lines": _page("公开12件<br>", "<p>", "</p>"),
    "small tables": _page("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"),
    "one table": _page("<tr><td>1</td><td>自然人</td><td>3</td></tr>", "<table>", "</table>"),
    "tables of three thousand cells": _page(
        "<table>" + ("<tr>" + "<td>本年新收</td>" * 60 + "</tr>") * 50 + "</table>"
    ),
    "spans": _page('<tr><td rowspan="60" colspan="60">自然人</td><td>1</td></tr>', "<table>", "</table>"),
    "tables in tables": _page("<tr><td>1</td><td>2</td></tr>", "<table><tr><td>" * 60, "</td></tr></table>" * 60),
    "nested": _page("<p>1</p>", "<div>" * 170, "</div>" * 170),
    "headings": _page("<p>一、总体情况</p>"),
    "rows of the form": _page(
        "<table><tr><td>行政许可</td><td>1</td></tr><tr><td>本年新收政府信息公开申请数量</td><td>1</td><td>2</td></tr></table>"
    ),
}


def _drawn(page: Callable[[random.Random], str], pages_: int = pdf.MAX_PAGES) -> Make:
    return lambda: drawn_pdf._file([page(random.Random(i)) for i in range(pages_)])


def _words(count: int) -> str:
    coded = "公开信息工作年度报告".encode("utf-16-be").hex()
    lines = (count // 10 + 9) // 10
    out = []
    for i in range(lines):
        for j in range(10):
            out.append(f"BT /F1 4 Tf {20 + j * 80:.1f} {590 - i * 580 / lines:.2f} Td <{coded}> Tj ET")
    return "\n".join(out)


def _rules(rng: random.Random, count: int) -> str:
    return "\n".join(
        f"{rng.uniform(20, 800):.1f} {rng.uniform(20, 570):.1f} m {rng.uniform(20, 800):.1f} 300 l S" if i % 5 == 0
        else f"{20 + (i % 40) * 20} {20 + (i // 40) * 11} 20 11 re S"
        for i in range(count)
    )  # fmt: skip


PDFS = {
    "characters": _drawn(lambda rng: _words(pdf.MOST_GLYPHS // pdf.MAX_PAGES - 100)),
    "characters on full pages": _drawn(lambda rng: _words(pdf.MAX_GLYPHS * 9 // 10 - 200), 20),
    "rules": _drawn(lambda rng: _rules(rng, pdf.MOST_RULES // pdf.MAX_PAGES // 4) + "\n" + _words(200)),
    "rules on full pages": _drawn(lambda rng: _rules(rng, pdf.MAX_RULES) + "\n" + _words(200), 9),
    "both": _drawn(
        lambda rng: _rules(rng, pdf.MAX_RULES // 4 - 10) + "\n" + _words(pdf.MAX_GLYPHS * 9 // 10 - 200), 20
    ),
    "characters at any place": _drawn(
        lambda rng: "\n".join(
            f"BT /F1 4 Tf {rng.uniform(10, 830):.1f} {rng.uniform(10, 585):.1f} Td <516c> Tj ET"
            for _ in range(pdf.MAX_GLYPHS // 4)
        ),
        20,
    ),
}


def _text(line: str) -> Make:
    def made() -> bytes:
        whole = drawn_pdf.as_text(pages.page(reports.zero()), "\t") + "\n"
        times = min(
            text.MAX_LINES - whole.count("\n") - 1, (text.MAX_BYTES - len(whole.encode()) - 10) // len(line.encode())
        )
        return (whole + line * times).encode()

    return made


TEXTS = {
    "lines": _text("全年公开信息12件，全部按期办结，没有遗漏，群众满意，没有收费。\n"),
    "one long line": lambda: _text("x\n")()[: -text.MAX_LINES] + "公开12件，".encode() * 250_000,
    "headings": _text("一、总体情况\n"),
    "rows between tabs": _text("本年新收\t1\t2\t3\t4\t5\t6\t7\t8\n"),
    "rows between bars": lambda: _text("|本年新收|1|2|3|4|5|6|7|\n")().replace(b"\t", b"|"),
    "figures": lambda: _text("12\n")().replace(b"\t", b"\n"),
    "labels": lambda: _text("自然人\n本年新收\n1\n")().replace(b"\t", b"\n"),
}


CASES: Cases = {
    **{f"html: {n}": ("html", b) for n, b in PAGES.items()},
    **{f"pdf: {n}": ("pdf", b) for n, b in PDFS.items()},
    **{f"text: {n}": ("text", b) for n, b in TEXTS.items()},
}
