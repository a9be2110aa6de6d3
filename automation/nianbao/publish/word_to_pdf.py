"""Finished Word reports → PDF, through Word where it is, else through LibreOffice; many documents in one start."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao import document
from nianbao.errors import OutputError
from nianbao.publish import fonts, libreoffice, office, pdf_file, word
from nianbao.published.pdf_fonts import fonts_of

NO_PROGRAM = (
    "这台电脑上没有 Word，也没有 LibreOffice，不能转成 PDF；Word 报告（.docx）已保留，"
    "可在装有 Word、WPS 或 LibreOffice 的电脑上打开它，另存为 PDF"
)


Samples = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Converted:
    """What became of one document: its PDF, or why there is none; `lacking` are fonts and what replaced them."""

    pdf: bytes | None
    problem: str = ""
    lacking: tuple[tuple[str, str], ...] = ()


def convert(
    documents: Sequence[bytes], *, pdf_a: bool = False, patience: float = office.PATIENCE
) -> tuple[Converted, ...]:
    """Return the PDF of each Word document, in their order; one that can't be converted never stops the others.

    `pdf_a` asks for PDF/A-1, for archives. `patience` is the seconds after which a program without result is ended.
    Raises OutputError when there is no program on this machine that can do it.
    """
    asked = [document.fonts_used(d) for d in documents]
    stand_ins = fonts.replaced(dict.fromkeys(f for a in asked for f in a))
    program = word.find(pdf_a) or libreoffice.find(stand_ins, pdf_a)
    if program is None:
        raise OutputError(NO_PROGRAM)
    told = stand_ins if program.name == libreoffice.NAME else {}
    with tempfile.TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True) as scratch:
        folder, own = Path(scratch, "documents"), Path(scratch, "program")
        folder.mkdir()
        paths = [folder / f"{i:05}.docx" for i in range(len(documents))]
        for path, data in zip(paths, documents, strict=True):
            path.write_bytes(document.without_hanging(data) if program.name == libreoffice.NAME else data)
        failed = office.convert(program, paths, own, patience)
        return tuple(
            Converted(None, failed[p]) if p in failed else _finished(p, data, a, told, program.name, pdf_a)
            for p, data, a in zip(paths, documents, asked, strict=True)
        )


def _finished(
    path: Path, source: bytes, asked: Samples, told: Mapping[str, str], program: str, pdf_a: bool
) -> Converted:
    pdf = path.with_suffix(".pdf").read_bytes()
    used = fonts_of(pdf, asked)
    how = f"{program} {'PDF/A' if pdf_a else 'PDF'} {sorted(used.items())}"
    return Converted(pdf_file.settled(pdf, source + how.encode()), "", fonts.lacking(tuple(asked), used, told))
