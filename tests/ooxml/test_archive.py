"""Zips are written as Python's own zipfile writes them, and readers take what stands in them."""

import io
import random
import zipfile

import pytest

from nianbao.ooxml import archive

PARTS = {
    "[Content_Types].xml": b"<Types/>",
    "xl/表.xml": b"<c>1</c>" * 9000,
    "empty": b"",
    "noise": random.Random(1).randbytes(200_000),
}
DAY = (2021, 9, 26)


def by_zipfile(method, system, level=None):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, part in PARTS.items():
            info = zipfile.ZipInfo(name, (*DAY, 0, 0, 0))
            info.create_system = system
            info.compress_type = method
            target.writestr(info, part, compresslevel=level)
    return out.getvalue()


@pytest.mark.parametrize("system", [0, archive.UNIX])
@pytest.mark.parametrize(
    ("method", "level", "made"),
    [
        (zipfile.ZIP_STORED, None, archive.stored),
        (zipfile.ZIP_DEFLATED, None, archive.deflated),
        (zipfile.ZIP_DEFLATED, 9, lambda name, part: archive.deflated(name, part, 9)),
        (zipfile.ZIP_DEFLATED, None, lambda name, part: archive.poured(name, io.BytesIO(part))),
    ],
)
def test_the_bytes_are_those_of_zipfile(method, level, made, system):
    marks = archive.Marks(DAY, system, archive.OWNER)
    written = archive.written((made(name, part) for name, part in PARTS.items()), marks)
    assert written == by_zipfile(method, system, level)


def test_parts_that_were_packed_before_stand_where_they_would_be_packed_now():
    names = list(PARTS)
    before = archive.fixed(archive.entry(n, PARTS[n]) for n in names[:2])
    after = {n: PARTS[n] for n in names[2:]}
    assert archive.write(before, after) == archive.written(archive.entry(n, PARTS[n]) for n in names)


def test_a_name_may_stand_in_another_encoding_without_a_word_about_it():
    data = archive.written([archive.stored("填报表".encode("gb18030"), b"x")], archive.Marks(in_utf8=False))
    with zipfile.ZipFile(io.BytesIO(data), metadata_encoding="gb18030") as made:
        assert (made.namelist(), made.read("填报表")) == (["填报表"], b"x")


def test_pieces_that_are_compressed_each_by_itself_are_one_part_in_any_order():
    pieces = [PARTS["xl/表.xml"], b"", PARTS["noise"], PARTS["xl/表.xml"]]
    for order in (pieces, pieces[::-1], []):
        data = archive.written([archive.in_pieces("xl/表.xml", order, archive.alone)])
        with zipfile.ZipFile(io.BytesIO(data)) as made:
            assert made.testzip() is None
            assert made.read("xl/表.xml") == b"".join(order)
