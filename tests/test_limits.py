"""What the limits let through is read in bounded time; what unpacks to hundreds of times its size is refused."""

import contextlib
import io
import time
import zipfile

import pytest

from books import filled, part_of, patched, saved
from fuzzing import seeds, worst
from fuzzing.mutate import unpacked
from fuzzing.readers import READERS
from nianbao import published, workbook
from nianbao.county.intake import gather
from nianbao.document import package, read_data
from nianbao.errors import InputError, NianbaoError, TemplateError
from nianbao.ooxml import zips
from rows import some

QUICK = (
    "docx: tables in tables",
    "html: rows of the form",
    "json: figures",
    "json: lines",
    "json: numerals",
    "template: braces",
    "page: open tags",
    "edition: dotted keys",
    "edition: keys",
)
"""Those that took minutes, or crashed, before there was a limit; the others take a while to make."""

SECONDS = 20.0
"""Twice what a reader may take on the machine the limits were measured on."""


def use(name, folder):
    """Use a reader on one of the largest files and return the processor time it took."""
    reader, make = worst.CASES[name]
    path = folder / f"最大{seeds.MAKERS[reader][0]}"
    path.write_bytes(make())
    before = time.process_time()
    with contextlib.suppress(NianbaoError):
        READERS[reader].use(path)
    return time.process_time() - before


@pytest.mark.parametrize("name", some(QUICK, 3))
def test_the_worst_files_that_were_found_take_seconds(name, tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_CACHE", "")
    assert use(name, tmp_path) < SECONDS


@pytest.mark.soak
@pytest.mark.parametrize("name", [n for n in worst.CASES if n not in QUICK and not n.startswith("archive")])
def test_no_file_within_the_limits_takes_long(name, tmp_path, monkeypatch):
    monkeypatch.setenv("NIANBAO_CACHE", "")
    assert use(name, tmp_path) < SECONDS


def zipped(parts, way=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return out.getvalue()


BOMB = b" " * (zips.HARMLESS + 1)
"""Of a thousand times its packed size, and far within every limit of size."""


def test_the_bomb_is_one_only_by_its_ratio(tmp_path):
    assert len(zipped({"x.xml": BOMB})) * zips.MAX_RATIO < len(BOMB)
    with zipfile.ZipFile(io.BytesIO(zipped({"x.xml": BOMB}, zipfile.ZIP_STORED))) as stored:
        assert not zips.has_bomb(stored.infolist())


def test_a_bomb_in_a_workbook_is_refused(tmp_path):
    path = patched(saved(tmp_path, filled()), lambda parts: parts.update({"xl/theme/theme9.xml": BOMB}))
    with pytest.raises(InputError, match="解开后的内容大得不正常"):
        workbook.read(path)


def test_a_bomb_in_a_published_report_is_refused(tmp_path):
    path = tmp_path / "年报.docx"
    path.write_bytes(zipped({"word/document.xml": BOMB}))
    with pytest.raises(InputError, match="解开后的内容大得不正常"):
        published.read(path)


def test_a_bomb_in_a_template_is_refused():
    whole = unpacked(next(iter(seeds._templates())))
    with pytest.raises(TemplateError, match="模板文件太大"):
        package.read(zipped({**whole, "word/styles.xml": BOMB}))


def test_a_bomb_among_the_data_a_report_carries_is_refused():
    with pytest.raises(InputError, match="解开后的内容大得不正常"):
        read_data(zipped({"customXml/item1.xml": BOMB}))


def test_a_bomb_in_an_archive_of_a_county_is_named(tmp_path):
    (tmp_path / "甲.zip").write_bytes(zipped({"甲.xlsx": BOMB}))
    assert [s.note for s in gather.gather([tmp_path]).strays] == ["压缩包解开后大得不正常，没有读取"]


ENTRIES = zips.MAX_DIRECTORY // (46 + len("0000000.txt")) + 1
"""As many as make a directory too large; each is an empty file, all together take a megabyte."""


def test_a_zip_of_too_many_entries_is_refused_before_its_directory_is_read(tmp_path, monkeypatch):
    many = zipped({f"{n:07}.txt": b"" for n in range(ENTRIES)}, zipfile.ZIP_STORED)
    (tmp_path / "甲.zip").write_bytes(many)
    (tmp_path / "甲.xlsx").write_bytes(many)
    monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", lambda _: pytest.fail("parsed"))
    found = gather.gather([tmp_path])
    assert [s.note for s in found.strays] == ["压缩包解开后大得不正常，没有读取"]
    with pytest.raises(InputError, match="解开后的内容大得不正常"):
        workbook.read(tmp_path / "甲.xlsx")


@pytest.mark.parametrize("sign", [' a%d=""', " a%d = ''", ' a%d="=>"'])
def test_a_cell_of_many_attributes_is_refused_before_it_is_parsed(tmp_path, sign):
    def change(parts):
        name = part_of(parts, "表三")
        cell = "".join(sign % n for n in range(300_000)).encode()
        parts[name] = parts[name].replace(b"<c ", b"<c" + cell + b" ", 1)

    with pytest.raises(InputError, match="解开后的内容大得不正常"):
        workbook.read(patched(saved(tmp_path, filled()), change))


DEEP = b"<x>" * 20_000 + b"</x>" * 20_000


@pytest.mark.parametrize(
    ("part", "before"),
    [("xl/workbook.xml", b"</workbook>"), ("xl/styles.xml", b"</styleSheet>"),
     ("xl/worksheets/sheet3.xml", b"</worksheet>"), ("xl/_rels/workbook.xml.rels", b"</Relationships>"),
     ("_rels/.rels", b"</Relationships>")],
)  # fmt: skip
def test_elements_in_each_other_by_the_thousand_are_damage(tmp_path, part, before):
    path = patched(
        saved(tmp_path, filled()), lambda parts: parts.update({part: parts[part].replace(before, DEEP + before)})
    )
    with pytest.raises(InputError, match=r"损坏|不是 \.xlsx 工作簿"):
        workbook.read(path)


def test_many_parts_of_data_within_a_report_are_refused_by_their_sum():
    part = b"<a>" + bytes(range(65, 91)) * 100_000
    assert len(part) * 13 > 32_000_000
    with pytest.raises(InputError, match="解开后的内容大得不正常"):
        read_data(zipped({f"customXml/item{i}.xml": part + bytes([65 + i]) * i for i in range(13)}, zipfile.ZIP_STORED))


def test_a_picture_of_one_colour_is_no_bomb(tmp_path):
    path = patched(saved(tmp_path, filled()), lambda parts: parts.update({"xl/media/image1.bmp": BOMB}))
    assert filled().values == workbook.read(path).report.values


def test_a_sheet_formatted_to_its_end_is_no_bomb(tmp_path):
    """What Excel and LibreOffice write for rows somebody has formatted: twenty megabytes at a ratio of forty."""
    row = b'<row r="%d" customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0"/>'

    def change(parts):
        name = part_of(parts, "表三")
        rows = b"".join(row % n for n in range(2_000, 200_000))
        parts[name] = parts[name].replace(b"</sheetData>", rows + b"</sheetData>")

    path = patched(saved(tmp_path, filled()), change)
    assert filled().values == workbook.read(path).report.values
