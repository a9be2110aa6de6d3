"""The drawing of the architecture, made from the layers that import-linter enforces; nothing is fetched or rendered."""

import tomllib
from html import escape
from pathlib import Path

WHAT = {
    "api": "the names for other programs",
    "cli": "the command line",
    "excel": "buttons, drag and drop, offline installation",
    "serve": "年报台, pages in the user's browser",
    "wps": "the same buttons inside WPS",
    "ribbon": "what the buttons do",
    "county": "every body: batch, rollup, overview",
    "jobs": "several files, one by one",
    "pipeline": "one report end to end; says stop",
    "publish": "web page, PDF, picture, CSV",
    "register": "applications counted into 表三",
    "repair": "a broken .xlsx into a fresh one",
    "workbook": "the standard .xlsx",
    "document": "the Word report",
    "published": "docx, html, pdf, text",
    "checks": "all rules, pure",
    "demo": "the real sample",
    "proof": "a document against its data",
    "reasons": "why a finding may stand",
    "report": "values by cell, texts by section",
    "verdicts": "kept, broken, not judged",
    "findings": "where, what, why, how",
    "numbers": "numbers as people type them",
    "notice": "what a county asks beside it",
    "form": "what the state prescribes, as data",
    "visible": "what a person sees of a document",
    "files": "atomic writing",
    "given": "read, or one sentence",
    "watch": "no file for ever",
    "resources": "templates",
    "caches": "made once",
    "programs": "other programs, found safely",
    "ooxml": "zips, safe parsers",
    "pdfium": "the door to PDF",
    "toml": "settings",
    "xmltext": "texts in XML",
    "patterns": "late regexes",
    "dates": "days as people type them",
    "advice": "what a doctor says",
    "errors": "one Chinese sentence",
    "lazily": "loaded when asked for",
    "locks": "one writer at a time",
    "oserrors": "what the system says",
    "shortlived": "settings to end soon",
    "state": "the user's folder",
    "unicodes": "one form of a text",
}
WIDTH, HEIGHT, GAP, LEFT = 720, 44, 12, 20
FACE = "'Noto Sans CJK SC','Microsoft YaHei',sans-serif"
FILL = {"edge": "#dbe7f5", "file": "#fdeccb", "pure": "#dff0dd"}
EDGES = {"api", "cli", "excel", "wps", "serve", "ribbon", "county", "pipeline"}
FILES = {
    "publish",
    "register",
    "workbook",
    "document",
    "published",
    "files",
    "given",
    "resources",
    "caches",
    "programs",
    "locks",
}


def layers(project: Path) -> list[list[str]]:
    """Return the layers from the top, each a list of packages beside each other."""
    contract = tomllib.loads(project.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
    return [[name.strip() for name in layer.split("|")] for layer in contract["layers"]]


def architecture(project: Path) -> str:
    """Return the drawing as SVG. Raises KeyError for a package nobody has described in WHAT."""
    rows = layers(project)
    height = LEFT + len(rows) * (HEIGHT + GAP) + 40
    total = WIDTH + 2 * LEFT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total} {height}" width="{total}" height="{height}" '
        f'role="img" aria-label="The layers of nianbao, each importing only what stands below" font-family="{FACE}">',
        f'<rect width="{total}" height="{height}" fill="#fff"/>',
    ]
    for i, row in enumerate(rows):
        parts += _row(row, LEFT + i * (HEIGHT + GAP), last=i == len(rows) - 1)
    parts += _legend(LEFT + len(rows) * (HEIGHT + GAP) + 4)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _row(row: list[str], top: int, *, last: bool) -> list[str]:
    width = (WIDTH - GAP * (len(row) - 1)) / len(row)
    parts = []
    for j, name in enumerate(row):
        left = LEFT + j * (width + GAP)
        kind = "edge" if name in EDGES else "file" if name in FILES else "pure"
        middle = left + width / 2
        parts += [
            f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{HEIGHT}" rx="6" fill="{FILL[kind]}" stroke="#8a99ab"/>',  # noqa: E501
            f'<text x="{middle:.1f}" y="{top + 18}" text-anchor="middle" font-size="14" font-weight="bold">{escape(name)}</text>',  # noqa: E501
            f'<text x="{middle:.1f}" y="{top + 35}" text-anchor="middle" font-size="12" fill="#333">{escape(WHAT[name])}</text>',  # noqa: E501
        ]
    if not last:
        x, y = LEFT + WIDTH / 2, top + HEIGHT
        parts.append(f'<path d="M{x - 6} {y + 3}h12l-6 7z" fill="#8a99ab"/>')
    return parts


def _legend(top: int) -> list[str]:
    said = (("edge", "who asks"), ("file", "touches files"), ("pure", "pure: values in, values out"))
    parts = []
    for i, (kind, text) in enumerate(said):
        x = LEFT + i * 200
        parts += [
            f'<rect x="{x}" y="{top}" width="18" height="18" rx="4" fill="{FILL[kind]}" stroke="#8a99ab"/>',
            f'<text x="{x + 26}" y="{top + 14}" font-size="13">{text}</text>',
        ]
    return parts
