"""Reading a notice's TOML, and refusing a faulty one with every fault and its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from nianbao import given, toml
from nianbao.errors import InputError
from nianbao.form import Edition, fault_places, shape, syntax
from nianbao.form.faults import Fault, nearest
from nianbao.form.shape import TableShape
from nianbao.notice.model import SEVERITIES, Ask, Deadline, Length, Notice, folded

Raw = dict[str, Any]

MAX_BYTES = 100_000
MAX_ASKS, MAX_WORDS = 100, 50
"""Asks of a notice together, words of one ask."""
LONGEST = {"title": 100, "number": 50, "issuer": 50, "name": 40}
LONGEST_WORD = 100
SHORTEST_WORD = 2
"""One character alone stands in every text."""

_CLASS = tuple(SEVERITIES)
_ASK = TableShape({"text": "text", "name": "text", "words": ["text"], "class": _CLASS})
_SHAPE = TableShape(
    {"title": "text", "number": "text", "issuer": "text", "date": "day", "year": "number"},
    {"numbers": [_ASK], "phrases": [_ASK],
     "lengths": [TableShape({"text": "text", "most": "number", "class": _CLASS})],
     "deadline": TableShape({"date": "day", "class": _CLASS})},
)  # fmt: skip
_ASKS = ("numbers", "phrases")
_LISTS = (*_ASKS, "lengths")


def read_notice(path: Path, editions: Iterable[Edition]) -> Notice:
    """Return the notice in a file; its texts are those of `editions`, named by id or by Chinese label.

    Raises InputError, which lists every fault of the file with its line.
    """
    text = _text(path)
    try:
        raw = toml.parsed(text)
    except ValueError as e:
        raise _refused(path, syntax.explain(text, e)) from e
    texts = _texts(editions)
    faults = list(shape.faults(raw, _SHAPE))
    faults += _more_faults(raw, texts, {f.path for f in faults})
    if faults:
        raise _refused(path, fault_places.located(faults, text))
    return _built(raw, texts)


def _text(path: Path) -> str:
    try:
        return toml.decoded(given.named(path, MAX_BYTES, "通知文件", f"“{path.name}”太大，不像一个通知文件"))
    except UnicodeDecodeError as e:
        raise InputError(f"通知文件“{path.name}”不是 UTF-8 编码，请用记事本另存，编码选 UTF-8") from e
    except ValueError as e:  # a path with a NUL
        raise InputError("通知文件打不开（路径无效）") from e


def _refused(path: Path, faults: Iterable[Fault]) -> InputError:
    listed = list(faults)
    return InputError(f"通知文件“{path.name}”有 {len(listed)} 处错误，不能使用：{'；'.join(map(str, listed))}")


def _texts(editions: Iterable[Edition]) -> Mapping[str, str]:
    """Map the ids and the labels of the texts to their ids."""
    listed = [t for e in editions for t in e.texts]
    return {t.label: t.id for t in listed} | {t.id: t.id for t in listed}


def _more_faults(raw: Raw, texts: Mapping[str, str], told: set[tuple[str | int, ...]]) -> Iterator[Fault]:
    """Yield what is wrong beyond the kinds of things; what is `told` already is not looked at."""
    yield from _heads(raw)
    asks = {key: raw[key] for key in _LISTS if isinstance(raw.get(key), list)}
    count = sum(map(len, asks.values()))
    if count > MAX_ASKS:
        yield Fault(f"一共有 {count} 项要求，最多 {MAX_ASKS} 项", "只留最要紧的")
        return
    if not count and "deadline" not in raw:
        yield Fault("没有写任何要求", "写明 [[numbers]]、[[phrases]]、[[lengths]] 或 [deadline]")
    for key, listed in asks.items():
        for i, ask in enumerate(listed):
            if isinstance(ask, dict) and not any(p[:2] == (key, i) for p in told):
                yield from _ask(ask, key, (key, i), texts)


def _heads(raw: Raw) -> Iterator[Fault]:
    for key in ("title", "number", "issuer"):
        value = raw.get(key)
        if isinstance(value, str):
            yield from _line(value, LONGEST[key], (key,))
            if "。" in value:
                yield Fault("不要有句号", "去掉句号", (key,))


def _line(value: str, longest: int, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """Yield what keeps a text from being one short line."""
    if not value.strip():
        yield Fault("没有内容", "补上，或删去这一项", path)
    elif len(value) > longest:
        yield Fault(f"有 {len(value)} 个字，最多 {longest} 个字", "写短一些", path)
    elif not value.isprintable():
        yield Fault("有换行或不能印的字符", "写成一行文字", path)


def _ask(ask: Raw, key: str, path: tuple[str | int, ...], texts: Mapping[str, str]) -> Iterator[Fault]:
    if ask["text"] not in texts:
        labels = {i: label for label, i in texts.items() if label != i}
        yield Fault(f"没有“{ask['text'][: shape.SHOWN]}”这一部分", nearest(ask["text"][:100], labels), (*path, "text"))
    if key == "lengths":
        if not ask["most"]:
            yield Fault("最多0字，什么也不能写", "写允许的最多字数", (*path, "most"))
        return
    yield from _line(ask["name"], LONGEST["name"], (*path, "name"))
    words = ask["words"]
    if not 1 <= len(words) <= MAX_WORDS:
        yield Fault(f"写了 {len(words)} 个词，应是1至{MAX_WORDS}个", "写出正文里可能用的说法", (*path, "words"))
        return
    for i, word in enumerate(words):
        yield from _line(word, LONGEST_WORD, (*path, "words", i))
        if word.strip() and len(folded(word)) < SHORTEST_WORD:
            yield Fault(f"“{word}”太短，处处都有", f"至少写{SHORTEST_WORD}个字", (*path, "words", i))


def _built(raw: Raw, texts: Mapping[str, str]) -> Notice:
    numbers, phrases = (
        tuple(Ask(texts[a["text"]], a["name"].strip(), tuple(a["words"]), SEVERITIES[a["class"]]) for a in listed)
        for listed in (raw.get(key, []) for key in _ASKS)
    )
    last = raw.get("deadline")
    return Notice(
        title=raw["title"].strip(),
        number=raw["number"].strip(),
        issuer=raw["issuer"].strip(),
        day=raw["date"],
        year=raw["year"],
        numbers=numbers,
        phrases=phrases,
        lengths=tuple(Length(texts[x["text"]], x["most"], SEVERITIES[x["class"]]) for x in raw.get("lengths", [])),
        deadline=Deadline(last["date"], SEVERITIES[last["class"]]) if last else None,
    )
