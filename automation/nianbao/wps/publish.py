"""publish.xml, WPS's list of a user's add-ins: our entry put in, replaced and taken out.

Offices keep other add-ins in the same file: nothing else in it is changed, not by a byte. What can't be read as such a
list is told and left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from nianbao.errors import OutputError
from nianbao.files import write_over
from nianbao.oserrors import why

NAME = "nianbao"
FILE = "publish.xml"
MOST = 2**20
"""Bytes; a list of twenty add-ins has 4,000."""

_ROOT = "jsplugins"
_OURS = ("jsplugin", "jspluginonline")
_NEW = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<jsplugins>\n</jsplugins>\n'


@dataclass(frozen=True)
class ListEntry:
    """An entry of the list: its attributes and where it stands in the file's bytes."""

    attributes: dict[str, str]
    begin: int
    end: int


@dataclass(frozen=True)
class AddinList:
    """The list as it is: its bytes, our entries, how many others, and where one can be put in."""

    data: bytes
    ours: tuple[ListEntry, ...]
    others: int
    inside: int
    closed: bool
    """Whether the whole list is one empty tag, <jsplugins/>."""


def entry(version: str) -> bytes:
    """Return our entry for the unpacked folder of a version."""
    words = {"name": NAME, "type": "et", "url": f"{NAME}_{version}", "version": version, "enable": "enable_dev"}
    words |= {"install": "null", "customDomain": ""}
    return f"<jsplugin {' '.join(f'{k}={quoteattr(v)}' for k, v in words.items())}/>".encode("ascii")


def read(path: Path) -> AddinList | None:
    """Return the list, None for no file or an empty one. Raises OutputError where it is none to be changed."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as e:
        raise OutputError(f"“{path}”打不开（{why(e)}），没有改动") from e
    return _parsed(path, data) if data.strip() else None


def _parsed(path: Path, data: bytes) -> AddinList:
    reader = _Reader(data)
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: reader.start(name, attributes, parser.CurrentByteIndex)
    parser.EndElementHandler = lambda name: reader.end(name, parser.CurrentByteIndex)
    parser.StartDoctypeDeclHandler = reader.doctype
    try:
        if len(data) > MOST or b"\0" in data:  # UTF-16, in which our entry would be no text
            raise ValueError
        parser.Parse(data, True)
        if reader.root != _ROOT:
            raise ValueError
    except (expat.ExpatError, ValueError, LookupError) as e:
        raise OutputError(
            f"“{path}”不是能读懂的加载项清单，可能损坏了，没有改动；请让管理员修好它，或先把它移走（其他加载项也写在里面），再试一次"
        ) from e
    return AddinList(data, tuple(reader.ours), reader.others, reader.inside, reader.closed)


class _Reader:
    """What expat tells of the file, kept."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.root = ""
        self.ours: list[ListEntry] = []
        self.others = self.inside = 0
        self.closed = False
        self._tags: list[tuple[int, int]] = []
        self._open: tuple[dict[str, str], int] | None = None

    def doctype(self, *_told: object) -> None:
        raise ValueError

    def start(self, name: str, attributes: dict[str, str], at: int) -> None:
        depth = len(self._tags)
        self._tags.append((at, _tag_end(self._data, at)))
        if depth == 0:
            self.root = name
        elif depth == 1 and name in _OURS and attributes.get("name") == NAME:
            self._open = (attributes, at)
        elif depth == 1:
            self.others += 1

    def end(self, _name: str, at: int) -> None:
        begin, end = self._tags.pop()
        closed = at == end and self._data.endswith(b"/>", 0, end)
        if len(self._tags) == 1 and self._open:
            self.ours.append(ListEntry(*self._open, end if closed else _tag_end(self._data, at)))
            self._open = None
        elif not self._tags:
            self.inside, self.closed = begin if closed else at, closed


def _tag_end(data: bytes, at: int) -> int:
    """Return where the tag that begins here ends; a > inside quotes ends nothing."""
    quote = 0
    while quote or data[at] != ord(">"):
        if quote:
            quote = 0 if data[at] == quote else quote
        elif data[at] in b"\"'":
            quote = data[at]
        at += 1
    return at + 1


def _without(listed: AddinList) -> bytes:
    """Return the file without our entries, and without the lines on which nothing else stood."""
    data = listed.data
    for one in reversed(listed.ours):
        begin, end = one.begin, one.end
        line = data.rfind(b"\n", 0, begin) + 1
        rest = data.find(b"\n", end)
        if not data[line:begin].strip() and rest >= 0 and not data[end:rest].strip():
            begin, end = line, rest + 1
        data = data[:begin] + data[end:]
    return data


def merge(path: Path, version: str) -> None:
    """Put our entry into the list, instead of an earlier one. Raises OutputError, and then nothing is changed."""
    listed = read(path)
    if listed and [e.attributes for e in listed.ours] == [_attributes(version)]:
        return
    bare = _parsed(path, _without(listed)) if listed and listed.ours else listed or _parsed(path, _NEW)
    data, at = bare.data, bare.inside
    line = b"\r\n" if b"\r\n" in data else b"\n"
    if bare.closed:
        end = _tag_end(data, at)
        tag = data[at:end].rstrip(b">").rstrip().rstrip(b"/").rstrip() + b">"
        made = data[:at] + tag + line + b"  " + entry(version) + line + b"</" + _ROOT.encode() + b">" + data[end:]
    else:
        begun = data[:at].endswith(b"\n")
        made = data[:at] + (b"" if begun else line) + b"  " + entry(version) + line + data[at:]
    _parsed(path, made)
    write_over(path, made)


def _attributes(version: str) -> dict[str, str]:
    reader = _parsed(Path(FILE), _NEW.replace(b"\n</", b"\n" + entry(version) + b"\n</"))
    return reader.ours[0].attributes


def remove(path: Path) -> bool:
    """Take our entries out and tell whether there were any; a file that we made and that is empty now goes.

    Raises OutputError.
    """
    listed = read(path)
    if listed is None or not listed.ours:
        return False
    bare = _without(listed)
    try:
        if bare == _NEW:
            path.unlink()
            return True
    except OSError as e:
        raise OutputError(f"“{path}”不能删除（{why(e)}）") from e
    _parsed(path, bare)
    write_over(path, bare)
    return True
