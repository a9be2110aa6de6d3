"""Damaging a file in ways its format knows: bytes, tokens of text, tags of XML, parts of a zip, streams of a PDF.

Everything is drawn from the `Random` given, so that a seed and a number name one input for ever.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from random import Random

Mutation = Callable[[Random, bytes, Sequence[bytes]], bytes]
"""(random, one seed, all seeds of the reader) → an input."""

LARGEST = 4 * 2**20
"""Bytes an input may grow to by mutation; how larger ones are refused has tests of its own."""

WORDS = (
    "", "0", "-1", "1e999999", "1e-999999", "9" * 400, "9" * 5000, "NaN", "Infinity", "-0", "1,234", "１２",
    "〇", "null", "true", "[]", "{}", '""', "'", '"', "\\", "\\u0000", "\0", "\x01", "\x1b[2J", "\ufffe",
    "\U0010ffff", "\u202e", "\u200b", "\ufeff", "é́́", "=1+1", "+1", "-1+1", "@SUM(1)", "\t=1",
    "=cmd|' /C calc'!A0", "{{", "}}", "{% for x in y %}", "{%p if 1 %}", "{{ 7*7 }}", "{#",
    "<script>alert(1)</script>", "<svg onload=alert(1)>", "&lt;", "&#0;", "&#x110000;", "&a;", "]]>", "<!--",
    "-->", "../../etc/passwd", "C:\\x", "CON", "a.", "file:///etc/passwd", "http://127.0.0.1:9/", "2025-02-30",
    "9999-99-99", "0000-00-00", "1899-12-30", "24:60", "2025", "-2025", "99999", "表三", "（一）", "一、", "合计", "年",
    "1048577", "XFD1048576", "A0", "$", "%", "%s", "%n", "{0}", "{name}", "_x0041_", "_x005F_", "\r", "\n",
    "\r\n", "\u2028", "万", "1.5万", "1/2", "−3", "１．５", "1_000", "0x10", "1e5", "٣", "³", "Ⅲ", "㈠", "①",
    "test\ttab", "  ", "　", "A" * 3000, "年" * 3000,
)  # fmt: skip
"""What readers trip over: numbers at the limits, marks of every language they are written in, odd characters."""

MARKS = (*"[]{}()<>\"'=,;:#|&%\\/.-+*!?@$_~^`\t\n \0", "[[", "]]", '"""', "'''", "{{", "}}", "{%", "%}", "<!", "<?")
EVIL = (
    '<!DOCTYPE x [<!ENTITY a "b">]>', '<!DOCTYPE x SYSTEM "file:///etc/passwd">', "<![CDATA[<x>]]>", "<!--x-->",
    "<?x y?>", "&a;", '<?xml version="1.1" encoding="utf-7"?>', "<x xmlns='urn:x'/>",
)  # fmt: skip

_TOKENS = re.compile(r"[^\W\d_]+|\d+|\s+|_+|[^\w\s]", re.UNICODE)
_TAGS = re.compile(r"<[^<>]*>|[^<]+|<")
_ATTRIBUTE = re.compile(r'([\w:.-]+)="([^"]*)"')
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")


def by_bytes(rng: Random, data: bytes, seeds: Sequence[bytes]) -> bytes:
    """Flip, drop, double, insert, cut and splice bytes."""
    made = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 8, 30))):
        at, length = rng.randrange(len(made) + 1), min(len(made), rng.choice((1, 1, 2, 4, 16, 200, 5000)))
        way = rng.randrange(7)
        if way == 0 and at < len(made):
            made[at] ^= 1 << rng.randrange(8)
        elif way == 1 and at < len(made):
            made[at] = rng.choice((0, 1, 9, 10, 13, 32, 60, 127, 128, 255))
        elif way == 2:
            del made[at : at + length]
        elif way == 3:
            made[at:at] = made[at : at + length] * rng.choice((1, 1, 2, 50))
        elif way == 4:
            made[at:at] = bytes(rng.randrange(256) for _ in range(rng.choice((1, 2, 4, 16))))
        elif way == 5:
            other = rng.choice(seeds)
            start = rng.randrange(len(other) + 1)
            made[at : at + length] = other[start : start + length]
        elif rng.random() < 0.2:
            del made[at:]
    return bytes(made[:LARGEST])


def by_tokens(rng: Random, data: bytes, seeds: Sequence[bytes]) -> bytes:
    """Exchange, drop, double, swap and nest words, numbers and marks of a text."""
    if rng.random() < 0.12:
        return by_bytes(rng, data, seeds)
    tokens = _TOKENS.findall(data.decode("utf-8", "surrogateescape")) or [""]
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        _one_token(rng, tokens, seeds)
    text = "".join(tokens)[:LARGEST]
    if rng.random() < 0.03:
        encoding = rng.choice(("utf-16", "utf-16-le", "gb18030", "utf-8-sig", "big5", "utf-7", "utf-32"))
        return text.encode(encoding, "ignore")
    return text.encode("utf-8", "surrogatepass" if rng.random() < 0.1 else "replace")


def _one_token(rng: Random, tokens: list[str], seeds: Sequence[bytes]) -> None:
    at, way = rng.randrange(len(tokens)), rng.randrange(9)
    if way <= 1:
        tokens[at] = rng.choice(WORDS)
    elif way == 2:
        tokens[at] = rng.choice(MARKS)
    elif way == 3:
        del tokens[at : at + rng.choice((1, 1, 2, 5, 40))]
        tokens or tokens.append("")
    elif way == 4:
        tokens[at:at] = _times(tokens[at : at + rng.choice((1, 3, 20, 200))], rng.choice((1, 1, 2, 20)))
    elif way == 5:
        other = rng.randrange(len(tokens))
        tokens[at], tokens[other] = tokens[other], tokens[at]
    elif way == 6:
        tokens[at] = rng.choice(MARKS) * rng.choice((2, 10, 300, 100_000))
    elif way == 7:
        other_tokens = _TOKENS.findall(rng.choice(seeds).decode("utf-8", "replace")) or [""]
        start = rng.randrange(len(other_tokens))
        tokens[at:at] = other_tokens[start : start + rng.choice((1, 5, 60))]
    elif tokens[at].isdecimal():
        tokens[at] = str(int(tokens[at][:300]) + rng.choice((-1, 1, 10**6, -(10**9), 10**30)))
    else:
        tokens[at] = "".join(rng.choice((c, chr(rng.randrange(0x20, 0xD7FF)))) for c in tokens[at][:2000])


def _times(listed: list[str], times: int) -> list[str]:
    """Repeat pieces of a text, within a megabyte: what is measured is the reader's memory, not ours."""
    return listed * max(1, min(times, 1_000_000 // (1 + sum(map(len, listed)))))


def by_tags(rng: Random, data: bytes, seeds: Sequence[bytes]) -> bytes:
    """Drop, double, move, nest and cut tags of XML or HTML; exchange attributes' values and texts."""
    if rng.random() < 0.1:
        return by_bytes(rng, data, seeds)
    pieces = _TAGS.findall(data.decode("utf-8", "replace")) or [""]
    for _ in range(rng.choice((1, 1, 1, 2, 4, 10))):
        _one_tag(rng, pieces, seeds)
    return "".join(pieces)[:LARGEST].encode("utf-8", "replace")


def _one_tag(rng: Random, pieces: list[str], seeds: Sequence[bytes]) -> None:
    at, way = rng.randrange(len(pieces)), rng.randrange(10)
    piece = pieces[at]
    if way <= 2 and piece.startswith("<") and (found := list(_ATTRIBUTE.finditer(piece))):
        one = rng.choice(found)
        value = rng.choice((rng.choice(WORDS), rng.choice(("-1", "0", "99999999", "1", "x")), one[2] * 2))
        value = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        pieces[at] = piece[: one.start(2)] + value + piece[one.end(2) :]
    elif way <= 2:
        word = rng.choice(WORDS)
        pieces[at] = word if rng.random() < 0.2 else word.replace("&", "&amp;").replace("<", "&lt;")
    elif way == 3:
        del pieces[at : at + rng.choice((1, 1, 2, 10, 100))]
        pieces or pieces.append("")
    elif way == 4:
        pieces[at:at] = _times(pieces[at : at + rng.choice((1, 4, 30, 300))], rng.choice((1, 1, 2, 30)))
    elif way == 5:
        end = rng.randrange(len(pieces))
        moved = pieces[at : at + rng.choice((1, 4, 30))]
        del pieces[at : at + len(moved)]
        pieces[end:end] = moved
    elif way == 6 and piece.startswith("<") and not piece.startswith(("</", "<?", "<!")) and not piece.endswith("/>"):
        pieces[at] = "".join(_times([piece], rng.choice((2, 5, 60, 300, 5000))))
    elif way == 7:
        name = re.match(r"</?([\w:.-]+)", piece)
        others = [p for p in rng.sample(pieces, min(len(pieces), 50)) if p.startswith("<")]
        if name and others:
            pieces[at] = rng.choice(others)
    elif way == 8:
        pieces[at:at] = [rng.choice(EVIL)]
    else:
        other = _TAGS.findall(rng.choice(seeds)[:200_000].decode("utf-8", "replace")) or [""]
        start = rng.randrange(len(other))
        pieces[at:at] = other[start : start + rng.choice((1, 5, 60))]


def in_zip(likely: Sequence[str], inner: Mutation = by_tags) -> Mutation:
    """Return a mutation of the parts of a zip: their contents, names, number; `likely` parts are damaged most often."""
    pattern = re.compile("|".join(likely))

    def mutated(rng: Random, data: bytes, seeds: Sequence[bytes]) -> bytes:
        if rng.random() < 0.06:
            return by_bytes(rng, data, seeds)
        parts = unpacked(data)
        names = [n for n in parts if pattern.search(n)] if rng.random() < 0.85 else list(parts)
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            name = rng.choice(names or list(parts))
            if name in parts and rng.random() < 0.9:
                others = [unpacked(s).get(name, parts[name]) for s in (rng.choice(seeds),)]
                parts[name] = (inner if rng.random() < 0.93 else by_bytes)(rng, parts[name], others)
            else:
                _one_part(rng, parts)
        return packed(parts)

    return mutated


def _one_part(rng: Random, parts: dict[str, bytes]) -> None:
    name, way = rng.choice(list(parts)), rng.randrange(5)
    if way == 0 and len(parts) > 1:
        del parts[name]
    elif way == 1:
        parts[rng.choice((name.upper(), "/" + name, "../" + name, name + "/", "a\\" + name, "\u202e" + name))] = parts[
            name
        ]
    elif way == 2:
        other = rng.choice(list(parts))
        parts[name], parts[other] = parts[other], parts[name]
    elif way == 3:
        parts[name] = b""
    else:
        parts[rng.choice(("x.bin", "word/embeddings/oleObject1.bin", "xl/vbaProject.bin", "customXml/item9.xml"))] = (
            b"x"
        )


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts of a zip (of the last ones kept, since seeds are few)."""
    return dict(_parts(data))


@lru_cache(maxsize=32)
def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {n: source.read(n) for n in source.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """Return the parts as an uncompressed zip: compressing would take longer than reading."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name, part in parts.items():
            target.writestr(zipfile.ZipInfo(name, (2021, 9, 26, 0, 0, 0)), part)
    return out.getvalue()


def in_pdf(rng: Random, data: bytes, seeds: Sequence[bytes]) -> bytes:
    """Damage the objects of a PDF, or what is drawn in one of its compressed streams."""
    streams = list(_STREAM.finditer(data))
    if not streams or rng.random() < 0.3:
        return by_bytes(rng, data, seeds)
    if rng.random() < 0.3:
        numbers = list(_NUMBER.finditer(data[: streams[0].start()] if rng.random() < 0.5 else data))
        one = rng.choice(numbers)
        return data[: one.start()] + rng.choice((b"0", b"-1", b"99999999", b"1e9", b"1")) + data[one.end() :]
    one = rng.choice(streams)
    try:
        plain = zlib.decompress(one[1])
    except zlib.error:
        plain = b""
    inner = by_tokens(rng, plain or one[1], (plain or one[1],))
    return data[: one.start(1)] + (zlib.compress(inner, 1) if plain else inner) + data[one.end(1) :]
