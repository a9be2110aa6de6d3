"""From rendered Word reports to proven PDFs, all in one start of the office program."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.errors import OutputError
from nianbao.pipeline.outputs import Late
from nianbao.publish import fonts, pdf_proof, word_to_pdf
from nianbao.report import Reading

ENDING, ARCHIVED = ".pdf", "（存档）.pdf"


def finish(jobs: Sequence[tuple[Reading, bool]], rendered: Sequence[Late], *, pdf_a: bool) -> list[Late]:
    """Return what became of each report (and whether it is a draft); those that were not rendered stay as they are.

    Where there is no PDF, `files` is the Word report, which can be converted by hand.
    """
    ready = [i for i, late in enumerate(rendered) if not late.problem]
    done = list(rendered)
    try:
        converted = word_to_pdf.convert([rendered[i].files[".docx"] for i in ready], pdf_a=pdf_a) if ready else ()
    except OutputError as e:
        return [Late(late.files, late.problem or str(e)) for late in rendered]
    for i, result in zip(ready, converted, strict=True):
        done[i] = _proven(*jobs[i], rendered[i], result, pdf_a)
    return done


def _proven(reading: Reading, draft: bool, rendered: Late, result: word_to_pdf.Converted, pdf_a: bool) -> Late:
    if result.pdf is None:
        return Late(rendered.files, result.problem)
    differs = (pdf_proof.figures if draft else pdf_proof.differences)(result.pdf, reading)
    if differs:
        listed = "；".join(differs[:3])
        return Late(rendered.files, f"转成的 PDF 与数据有 {len(differs)} 处不一致（{listed}），没有交出")
    warning = fonts.warning(result.lacking)
    return Late({ARCHIVED if pdf_a else ENDING: result.pdf}, "", (warning,) if warning else ())
