"""Proving a finished PDF: read back like any published report and compared with the data it was made from."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from nianbao import document, proof, published
from nianbao.errors import InputError
from nianbao.report import Reading

_FIGURES, _UNREADABLE = "V1", "PDF 读不出内容"


def differences(pdf: bytes, ours: Reading) -> list[str]:
    """Return, in Chinese, every figure and every text of the report that the PDF does not show as it should.

    Texts are compared without their division into paragraphs, which a PDF does not keep.
    """
    shown = _read(pdf, ours)
    if shown is None:
        return [_UNREADABLE]
    printed = document.printed_texts(ours.edition, ours.report)
    found = _figures(ours, shown)
    for text in ours.edition.texts:
        if _folded(printed.get(text.id, "")) != _folded(shown.report.texts.get(text.id, "")):
            found.append(f"“{text.label}”的文字与填报的不同")
    return found


def figures(pdf: bytes, ours: Reading) -> list[str]:
    """Return every figure that differs, and no text: that of a draft may lack what texts are found by."""
    shown = _read(pdf, ours)
    return [_UNREADABLE] if shown is None else _figures(ours, shown)


def _read(pdf: bytes, ours: Reading) -> Reading | None:
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        path = Path(folder, "report.pdf")
        path.write_bytes(pdf)
        try:
            return published.read(path, ours.report.edition)
        except InputError:
            return None


def _figures(ours: Reading, shown: Reading) -> list[str]:
    return [f.message for f in proof.compare(ours, shown, {}, None) if f.rule == _FIGURES]


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", text)
