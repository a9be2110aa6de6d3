"""Files that are no sound workbook of ours: one clear sentence, bounded time, the file untouched."""

import contextlib
import errno
import io
import re
import shutil
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from books import EDITIONS, edited, filled, part_of, patched, saved
from nianbao.errors import InputError
from nianbao.workbook import bounds, read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(path, edition_name=""):
    with pytest.raises(InputError) as caught:
        read(path, edition_name)
    message = str(caught.value)
    assert path.name in message
    assert "Error" not in message
    return message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空文件"),
        (b"not a zip at all", "不是 Excel 工作簿"),
        (OLE + b"\0" * 600, "旧格式"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (b"PK\x03\x04 but nothing after", "损坏"),
    ],
)
def test_what_is_no_workbook_is_refused_with_the_cure(content, said, tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(content)
    assert said in refusal(path)


def zipped(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return path


def test_other_packages_are_named_for_what_they_are(tmp_path):
    assert "Word 文档" in refusal(
        zipped(tmp_path / "报告.xlsx", {"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"})
    )
    assert "不是 .xlsx 工作簿" in refusal(zipped(tmp_path / "照片.xlsx", {"a.jpg": "x"}))


def test_another_workbook_is_told_apart_from_ours(tmp_path):
    path = tmp_path / "台账.xlsx"
    book = Workbook()
    book.active["A1"] = "台账"
    book.save(path)
    assert "不是本程序的标准填报表" in refusal(path)
    book.active.title = "基本信息"
    book.save(path)
    assert "不是本程序的标准填报表" in refusal(path)
    assert "没有工作表“总体情况”" in refusal(path, "2021")


@pytest.mark.parametrize("sheet", ["基本信息", "表三", "总体情况"])
def test_a_missing_sheet_is_named(sheet, tmp_path):
    path = edited(saved(tmp_path, filled()), lambda book: book.remove(book[sheet]))
    assert f"没有工作表“{sheet}”" in refusal(path)


def test_sheets_that_hold_no_input_may_be_missing(tmp_path):
    def change(book):
        for name in ("填报说明", "上年数据", "校验结果"):
            book.remove(book[name])

    assert filled().values == read(edited(saved(tmp_path, filled()), change)).report.values


@pytest.mark.parametrize("edition", ["自定", "../2021", "/etc/passwd", "own.toml"])
def test_an_edition_that_is_not_ours_is_named_and_no_path_is_followed(edition, tmp_path):
    def change(book):
        book["基本信息"]["B4"].value = edition

    assert f"格式版本“{edition}”" in refusal(edited(saved(tmp_path), change))


def test_a_workbook_that_may_mean_two_things_is_named(tmp_path):
    def doubled(parts):
        name = "xl/_rels/workbook.xml.rels"
        parts[name] = re.sub(rb'Id="rId2"', b'Id="rId1"', parts[name], count=1)

    assert "歧义（两个关系同名）" in refusal(patched(saved(tmp_path), doubled))


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_refused(kept, tmp_path):
    path = saved(tmp_path, filled())
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    assert "损坏" in refusal(path)


def test_any_damaged_part_is_a_refusal_or_makes_no_difference(tmp_path):
    path = saved(tmp_path, filled())
    whole = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as source:
        names = source.namelist()
    for name in names:
        for damage in (b"", b"<broken", b"<x/>"):
            path.write_bytes(whole)
            patched(path, lambda parts, n=name, d=damage: parts.update({n: d}))
            with contextlib.suppress(InputError):
                read(path)


def test_a_missing_part_is_a_refusal(tmp_path):
    path = patched(saved(tmp_path, filled()), lambda parts: parts.pop("xl/worksheets/sheet5.xml") and None)
    assert "已经损坏" in refusal(path)


@pytest.mark.parametrize("evil", [b'<!DOCTYPE x [<!ENTITY a "b">]>', b'<!DOCTYPE x SYSTEM "file:///etc/passwd">'])
@pytest.mark.parametrize("encode", [False, True])
def test_document_types_and_entities_are_refused(evil, encode, tmp_path):
    def change(parts):
        name = part_of(parts, "表三")
        head, _, rest = parts[name].partition(b"?>")
        part = head + b"?>" + evil + rest
        if encode:
            part = part.decode().replace("UTF-8", "UTF-16").encode("utf-16")
        parts[name] = part

    assert "不安全" in refusal(patched(saved(tmp_path), change))


def test_a_zip_bomb_is_refused_by_its_declared_size_at_once(tmp_path):
    def change(parts):
        parts["xl/sharedStrings.xml"] = b" " * (40 * 2**20)

    path = patched(saved(tmp_path), change)
    assert path.stat().st_size < 200_000
    started = time.monotonic()
    assert "大得不正常" in refusal(path)
    assert time.monotonic() - started < 2


def test_too_many_parts_are_refused(tmp_path):
    path = patched(saved(tmp_path), lambda parts: parts.update({f"x{i}.bin": b"" for i in range(2_500)}))
    assert "大得不正常" in refusal(path)


def test_a_sheet_that_claims_all_rows_and_columns_is_read_in_bounded_time(tmp_path):
    def change(parts):
        name = part_of(parts, "表三")
        part = parts[name].replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        )
        start = part.index(b"<dimension")
        part = part[:start] + b'<dimension ref="A1:XFD1048576"/>' + part[part.index(b"/>", start) + 2 :]
        parts[name] = part.replace(b"<mergeCells", b"<mergeCells", 1).replace(
            b"</mergeCells>", b'<mergeCell ref="A100:XFD1048576"/></mergeCells>'
        )

    path = patched(saved(tmp_path, filled()), change)
    started = time.monotonic()
    assert filled().values == read(path).report.values
    assert time.monotonic() - started < 3


def test_two_hundred_thousand_rows_are_not_looked_at(tmp_path):
    def change(parts):
        name = part_of(parts, "表三")
        rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (r, r) for r in range(2_000, 200_000))
        parts[name] = parts[name].replace(b"</sheetData>", rows + b"</sheetData>")

    path = patched(saved(tmp_path, filled()), change)
    started = time.monotonic()
    assert filled().values == read(path).report.values
    assert time.monotonic() - started < 5


def test_a_file_larger_than_any_form_is_not_even_opened(tmp_path):
    path = tmp_path / "填报表.xlsx"
    with path.open("wb") as file:
        file.truncate(bounds.MAX_FILE + 2**20)
    assert "有 33 MB，太大，不是标准填报表" in refusal(path)


def test_a_workbook_that_lists_hundreds_of_sheets_is_refused(tmp_path):
    path = saved(tmp_path, filled())
    more = "".join(
        f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(100, 100 + bounds.MAX_SHEETS)
    ).encode()

    def listing(parts):
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</sheets>", more + b"</sheets>")

    assert "大得不正常" in refusal(patched(path, listing))


def test_a_missing_file_a_folder_and_a_lock_file_are_told(tmp_path):
    assert "找不到文件" in refusal(tmp_path / "没有.xlsx")
    folder = tmp_path / "文件夹.xlsx"
    folder.mkdir()
    assert "是文件夹" in refusal(folder)
    lock = tmp_path / "~$填报表.xlsx"
    lock.write_bytes(b"\x05user")
    assert "临时文件" in refusal(lock)


@pytest.mark.parametrize(
    ("error", "said"), [(PermissionError(13, "denied"), "占用"), (OSError(errno.EIO, "I/O error"), "读不出来")]
)
def test_a_file_that_cannot_be_opened_is_told(error, said, tmp_path, monkeypatch):
    path = saved(tmp_path)

    def refuse(self):
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert said in refusal(path)


def test_a_workbook_with_macros_is_read_under_its_own_ending(tmp_path):
    path = saved(tmp_path, filled())
    macro = Path(shutil.copy(path, tmp_path / "填报表.xlsm"))
    patched(macro, lambda parts: parts.update({"xl/vbaProject.bin": b"x"}))
    found = read(macro)
    assert filled() == found.report
    assert [f.rule for f in found.findings] == ["W4"]


@pytest.mark.parametrize("name", EDITIONS)
def test_reading_never_touches_the_file(name, tmp_path):
    path = saved(tmp_path, filled(name), name)
    before, times = path.read_bytes(), path.stat()
    path.chmod(0o444)
    read(path)
    after = path.stat()
    assert before == path.read_bytes()
    assert (times.st_mtime_ns, [path.name]) == (after.st_mtime_ns, [p.name for p in tmp_path.iterdir()])


SHEET, TEXTS, OTHER = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
SMALL = replace(bounds.FORM, rows=2, cells=7, texts=3)


@pytest.mark.parametrize(
    ("part", "content", "most", "too_many"),
    [(SHEET, b"<s>" + b"<row><c/></row>" * 4, SMALL, False),
     (SHEET, b"<s>" + b"<row><c/></row>" * 4, replace(SMALL, cells=6), True),
     (SHEET, b"<s>" + b"<x:row><c/></row>" * 4, SMALL, False), (SHEET, b"<s>" * 7, SMALL, False),
     (SHEET, b"<s>" * 8, SMALL, True), (SHEET, b"<row>" * 1_250_000, SMALL, False),
     (SHEET, b"<row>" * 1_250_001, SMALL, True), (TEXTS, b"<t>" * 3, SMALL, False), (TEXTS, b"<t>" * 4, SMALL, True),
     (OTHER, b"<x>" * 60_000, SMALL, False), (OTHER, b"<x>" * 60_001, SMALL, True),
     (OTHER, b"<sheet " * 200, SMALL, False), (OTHER, b"<x:sheet " * 201, SMALL, True)],
    ids=range(13),
)  # fmt: skip
def test_how_many_tags_a_part_may_have(part, content, most, too_many):
    assert bounds.has_too_many_tags(part, content, most) is too_many
