"""Which font a finished PDF sets given words in. Beside pdf.py behind the door to PDFium."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence

from nianbao.pdfium import c, pypdfium2

_LONGEST = 256


def fonts_of(pdf: bytes, samples: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """Return, by the key of its samples, the font of the first sample that is found, as the PDF names it.

    A key is left out when none of its samples stands in one piece anywhere. A PDF names fonts in their own
    language and without spaces (NotoSansCJKjp-Regular), embedded ones behind a mark of six letters, which is dropped.
    """
    found: dict[str, str] = {}
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            text = page.get_textpage()
            for key, passages in samples.items():
                if key not in found and (name := _first(text, passages)):
                    found[key] = name
            text.close()
            page.close()
    finally:
        document.close()
    return found


def _first(text: pypdfium2.PdfTextPage, passages: Sequence[str]) -> str:
    for passage in passages:
        searcher = text.search(passage, match_case=True)
        at = searcher.get_next()
        searcher.close()
        if at is not None and (name := _name(text, at[0])):
            return name
    return ""


def _name(text: pypdfium2.PdfTextPage, index: int) -> str:
    buffer = ctypes.create_string_buffer(_LONGEST)
    if not c.FPDFText_GetFontInfo(text, index, buffer, _LONGEST, None):
        return ""
    name = buffer.value.decode()
    mark, plus, rest = name.partition("+")
    return rest if plus and len(mark) == 6 else name
