"""Office files of which one part is as large as its reader allows."""

import io
import zipfile
from collections.abc import Callable

from books import filled
from fuzzing.mutate import unpacked
from nianbao import workbook
from nianbao.form import load_edition

Make = Callable[[], bytes]
More = Callable[[int], bytes]
"""What to put in, given the room in bytes."""

Cases = dict[str, tuple[str, Make]]
"""Name → reader and what makes its file."""

MB = 2**20
Parts = dict[str, bytes]


def zip_of(parts: Parts) -> bytes:
    """Pack the parts, where they fit as they are: no ratio gives them away."""
    out = io.BytesIO()
    way = zipfile.ZIP_STORED if sum(map(len, parts.values())) < 30 * MB else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", way, compresslevel=1) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return out.getvalue()


def times(piece: bytes, size: int) -> bytes:
    return piece * (size // len(piece))


def numbered(piece: bytes, size: int) -> bytes:
    """Return the piece again and again, with another number each time, up to a size."""
    return b"".join(piece.replace(b"#", b"%d" % i) for i in range(size // (len(piece) + 6 * piece.count(b"#"))))


def grown(data: bytes, part: str, before: bytes, more: More, most: int, tags: int = 0) -> bytes:
    """Return an office file in one part of which more stands before a mark, as much as `most` and `tags` allow."""
    parts = unpacked(data)
    room = most - len(parts[part]) - 1000
    whole = more(room)
    while tags and (found := whole.count(b"<")) > tags:
        room = int(room * min(0.98, tags / found))
        whole = more(room)
    head, mark, tail = parts[part].rpartition(before)
    assert mark, (part, before)
    parts[part] = head + whole + mark + tail
    assert len(parts[part]) <= most
    return zip_of(parts)


def parts_tags(data: bytes, part: str) -> int:
    return unpacked(data)[part].count(b"<")


def form() -> bytes:
    return workbook.build(load_edition("2021"), filled())


P = b"<w:p><w:r><w:t>\xe5\x85\xac\xe5\xbc\x80</w:t></w:r></w:p>"
TABLE = b"<w:tbl>" + (b"<w:tr>" + b"<w:tc>" + P + b"</w:tc>" + b"<w:tc>" + P + b"</w:tc></w:tr>") * 3 + b"</w:tbl>"
