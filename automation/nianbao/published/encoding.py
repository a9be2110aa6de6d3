"""Decoding text whose declared encoding may be missing or wrong. The bytes themselves decide."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from nianbao.errors import InputError
from nianbao.published.model import Remark

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,20})""", re.I
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHINESE = re.compile("[\u4e00-\u9fff，。、：（）]")
_COMMON = re.compile("[年的府公开政信息情况申请第一]")

MAX_LOST = 0.002
"""The share of characters that may be lost to damaged bytes."""


@dataclass(frozen=True)
class Decoded:
    """A text, and remarks on its encoding."""

    text: str
    remarks: tuple[Remark, ...] = ()


def decode(name: str, data: bytes) -> Decoded:
    """Return the text of these bytes. Raises InputError when no encoding gives Chinese text."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding, "replace"))
    declared = _declared(data)
    tried = [_try(data, e) for e in _candidates(data, declared)]
    text, encoding = max(tried, key=lambda t: _merit(t[0]))
    lost = text.count("\ufffd")
    if lost > max(2, MAX_LOST * len(text)) or "\0" in text:
        raise InputError(
            f"“{name}”的文字编码认不出来（不是 UTF-8 或 GBK），请用浏览器或记事本打开，另存为 UTF-8 后再试"
        )
    remarks = []
    if declared and not _agrees(declared, encoding):
        remarks.append(Remark(f"网页声明的编码是 {declared}，实际是 {encoding.upper()}，已按实际的编码读"))
    if lost:
        remarks.append(Remark(f"有{lost}处文字的编码已损坏，读成了“\ufffd”"))
    return Decoded(text, tuple(remarks))


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:8192])
    return found[1].decode("ascii").lower() if found else ""


def _candidates(data: bytes, declared: str) -> list[str]:
    head = data[:4096]
    if 8 * head.count(0) > len(head):
        return ["utf-16-le", "utf-16-be"]
    known = ["utf-8", "gb18030"]
    if declared.startswith("big5"):
        known.append("big5hkscs")
    return known


def _try(data: bytes, encoding: str) -> tuple[str, str]:
    return data.decode(encoding, "replace"), encoding


def _merit(text: str) -> float:
    """Prefer the reading with the fewest lost characters and the most words that every report has."""
    chinese = len(_CHINESE.findall(text)) or 1
    return len(_COMMON.findall(text)) / chinese - 20 * text.count("\ufffd") / (len(text) or 1)


def _agrees(declared: str, encoding: str) -> bool:
    family = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "utf8": "utf-8", "x-gbk": "gb18030",
              "utf-16": encoding, "unicode": encoding, "big5": "big5hkscs", "big5-hkscs": "big5hkscs"}  # fmt: skip
    return family.get(declared, declared) == encoding
