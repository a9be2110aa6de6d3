"""Whether a file is a sound workbook of a bearable size: each refusal in its words, each limit at its edge."""

import errno
import io
import re
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from nianbao import files
from nianbao.errors import InputError
from nianbao.ooxml import zips
from nianbao.workbook import bounds, package_checks, unpacking
from nianbao.workbook.bounds import FORM, REGISTER
from nianbao.workbook.package_checks import Package, holds_parts_of, is_as_packed, open_package, packed

RESAVE = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再试"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
LEAST = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
TOO_LARGE = "“表.xlsx”解开后的内容大得不正常，不像标准填报表，没有读取；请把数字抄到一份新的标准填报表中"
DAMAGED = "“表.xlsx”已经损坏或没有传完整，打不开，请重新保存或重新发送一份"


def written(folder, content, name="表.xlsx"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else packed(LEAST | content))
    return path


def refused(path, bounds=FORM):
    with pytest.raises(InputError) as caught:
        open_package(path, bounds)
    return str(caught.value)


def test_the_parts_of_a_sound_workbook_are_given_by_name(tmp_path):
    parts = LEAST | {"xl/worksheets/sheet1.xml": "<a>甲</a>".encode(), "xl/media/a.png": b"<!DOCTYPE"}
    found = open_package(written(tmp_path, packed(parts)))
    assert (found.name, dict(found.parts)) == ("表.xlsx", parts)


LARGE = "xl/worksheets/sheet9.xml"
FILLED = b"<a/>" + bytes(unpacking.LATER)


def test_a_large_sheet_is_unpacked_when_it_is_asked_for(tmp_path, monkeypatch):
    asked = []
    read = zipfile.ZipFile.read
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda z, i: asked.append(i.filename) or read(z, i))
    parts = open_package(written(tmp_path, {LARGE: FILLED, LARGE.replace("9", "1"): FILLED[:-9]})).parts
    assert asked == [*LEAST, LARGE.replace("9", "1")]
    assert (LARGE in parts, len(parts)) == (True, 4)
    assert parts[LARGE] == parts[LARGE] == FILLED
    assert asked[3:] == [LARGE]


LATER = {
    "damaged": (b"", FILLED, DAMAGED),
    "unsafe": (b"<!DOCTYPE x>", b"", f"“表.xlsx”里的“{LARGE}”含有不安全的内容，没有读取；{RESAVE}"),
    "large": (b"<a>" * (FORM.cells + 1), b"", TOO_LARGE),
}


@pytest.mark.parametrize(("before", "lost", "said"), LATER.values(), ids=LATER)
def test_a_large_sheet_is_looked_at_when_it_is_asked_for(before, lost, said, tmp_path):
    path = written(tmp_path, {LARGE: before + FILLED})
    if lost:  # the sum of the part, as its directory tells it, no longer fits
        data = path.read_bytes()
        path.write_bytes(data.replace(zlib.crc32(FILLED).to_bytes(4, "little"), b"????"))
    package = open_package(path)
    for asking in (package.repacked, lambda: package.parts[LARGE], lambda: dict(package.parts)):
        with pytest.raises(InputError) as caught:
            asking()
        assert str(caught.value) == said


def test_folders_in_the_package_are_no_parts(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.mkdir("xl")
        for name, part in LEAST.items():
            target.writestr(name, part)
    assert dict(open_package(written(tmp_path, out.getvalue())).parts) == LEAST


def main_parts(*names):
    """The relations of a package that calls these its document."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    told = (f'<Relationship Id="r{i}" Type="{office}" Target="{n}"/>' for i, n in enumerate(names))
    return f'<Relationships xmlns="{PACKAGE}">{"".join(told)}</Relationships>'.encode()


KINDS = {
    "nothing": (b"", "“表.xlsx”是空文件，请重新保存或重新发送一份"),
    "a password": (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "“表.xlsx”设了打开密码，程序无法读取，请在 Excel 中去掉密码并保存后再试",
    ),
    "an old kind": (OLE + b"Workbook", f"“表.xlsx”是旧格式的文件（如 .xls、.doc），{RESAVE}"),
    "a password told in another file": (
        b"<x/>" + "EncryptedPackage".encode("utf-16-le"),
        f"“表.xlsx”不是 Excel 工作簿（也可能只是改了扩展名），{RESAVE}",
    ),
    "a text": (b"%PDF", f"“表.xlsx”不是 Excel 工作簿（也可能只是改了扩展名），{RESAVE}"),
    "a cut zip": (packed(LEAST)[:-30], DAMAGED),
    "a Word file": (
        packed(LEAST | {"word/document.xml": b"<x/>"}),
        "“表.xlsx”是 Word 文档，不是填报表，请提供 .xlsx 文件",
    ),
    "no workbook in it": (packed({"[Content_Types].xml": b"<x/>"}), f"“表.xlsx”不是 .xlsx 工作簿，{RESAVE}"),
    "a part twice": (
        packed(LEAST | {"xl/Workbook.xml": b"<x/>"}),
        re.compile("“表.xlsx”：这份工作簿的内部写法有歧义（两个部件同名）"),
    ),
    "two main parts": (
        packed(LEAST | {"xl/b.xml": b"<x/>", "_rels/.rels": main_parts("xl/workbook.xml", "xl/b.xml")}),
        re.compile("“表.xlsx”：这份工作簿的内部写法有歧义（有两个主文件）"),
    ),
    "a main part of another program": (
        packed(LEAST | {"ppt/a.xml": b"<x/>", "_rels/.rels": main_parts("ppt/a.xml")}),
        f"“表.xlsx”不是 .xlsx 工作簿，{RESAVE}",
    ),
    "no types in it": (packed({"xl/workbook.xml": b"<x/>"}), f"“表.xlsx”不是 .xlsx 工作簿，{RESAVE}"),
}


@pytest.mark.parametrize(("content", "said"), KINDS.values(), ids=KINDS)
def test_what_is_no_workbook_is_told_in_one_sentence(content, said, tmp_path):
    found = refused(written(tmp_path, content))
    assert said.match(found) if isinstance(said, re.Pattern) else found == said


def test_a_file_that_is_no_package_is_none_of_ours(tmp_path):
    path = written(tmp_path, LEAST)
    assert (is_as_packed(path), holds_parts_of(path.read_bytes(), path)) == (True, True)
    data = path.read_bytes()
    path.write_bytes(b"PK")
    assert (is_as_packed(path), holds_parts_of(data, path)) == (False, True)


def test_a_lock_file_is_told_before_it_is_looked_for(tmp_path):
    assert refused(tmp_path / "~$表.xlsx") == "“~$表.xlsx”是表格打开时的临时文件，请选不带“~$”的那一份"


FAILURES = {
    "missing": (FileNotFoundError(errno.ENOENT, "x"), "找不到文件“{}”，请核对文件名和所在的文件夹"),
    "a folder": (IsADirectoryError(errno.EISDIR, "x"), "“{}”是文件夹，请提供申请台账文件"),
    "locked": (
        PermissionError(errno.EACCES, "x"),
        "“{}”打不开（没有权限，或正被别的程序占用），请关闭 Excel 或 WPS 中的这个文件后再试",
    ),
    "broken": (OSError(errno.EIO, "坏了"), "“{}”读不出来（坏了），请复制到本机后再试"),
    "broken without a word": (OSError("真坏"), "“{}”读不出来（真坏），请复制到本机后再试"),
}


@pytest.mark.parametrize(("error", "said"), FAILURES.values(), ids=FAILURES)
def test_what_the_disk_says_is_told_with_its_cure(error, said, monkeypatch):
    asked = []

    def read(path, most):
        asked.append((path, most))
        raise error

    monkeypatch.setattr(files, "read", read)
    bounds = replace(REGISTER, file=7)
    assert refused(Path("夹") / "表.xlsx", bounds) == said.format(Path("夹") / "表.xlsx")
    assert asked == [(Path("夹") / "表.xlsx", 7)]


def test_a_file_too_large_is_told_with_its_size(tmp_path):
    path = written(tmp_path, b"PK" + b"\0" * (3 * 2**20))
    assert refused(path, replace(REGISTER, file=2**20)) == "“表.xlsx”有 3 MB，太大，不是申请台账"


def test_limits_of_size_hold_at_their_edge(tmp_path):
    whole = sum(map(len, LEAST.values())) + 40
    path = written(tmp_path, {"xl/a.bin": b"x" * 40})
    assert open_package(path, replace(FORM, total=whole, part=len(LEAST["xl/workbook.xml"])))
    assert refused(path, replace(FORM, total=whole - 1)) == TOO_LARGE
    for name in ("xl/a.xml", "xl/a.rels", "xl/a.vml"):
        large = written(tmp_path, {name: b"<a>" + b" " * 40})
        assert open_package(large, replace(FORM, part=43))
        assert refused(large, replace(FORM, part=42)) == TOO_LARGE
        bomb = written(tmp_path, {name: b" " * (zips.HARMLESS + 1)})
        assert refused(bomb) == TOO_LARGE


def test_the_number_of_parts_is_limited(tmp_path, monkeypatch):
    monkeypatch.setattr(unpacking, "MAX_PARTS", 4)
    assert open_package(written(tmp_path, {"a": b"", "b": b""}))
    assert refused(written(tmp_path, {"a": b"", "b": b"", "c": b""})) == TOO_LARGE


@pytest.mark.parametrize("name", ["xl/styles.xml", "xl/drawings/a.vml", "xl/_rels/a.rels"])
def test_tags_are_counted_in_every_part_of_xml(name, tmp_path, monkeypatch):
    monkeypatch.setattr(bounds, "MAX_TAGS", 5)
    assert open_package(written(tmp_path, {name: b"<a>" * 5}))
    assert refused(written(tmp_path, {name: b"<a>" * 6})) == TOO_LARGE
    assert open_package(written(tmp_path, {name + ".bin": b"<a>" * 6}))


UNSAFE = {
    "a document type": b"<!DOCTYPE x><x/>",
    "an entity": b"<x><!ENTITY a 'b'></x>",
    "another encoding": b'<?xml version="1.0" encoding="gbk"?><x/>',
    "another encoding behind a mark": b"\xef\xbb\xbf<?xml version='1.0' encoding = 'utf-7'?><x/>",
    "a document type in UTF-16": "<!DOCTYPE x><x/>".encode("utf-16"),
    "another encoding in UTF-16": '<?xml version="1.0" encoding="ibm037"?><x/>'.encode("utf-16"),
}


@pytest.mark.parametrize("name", ["xl/styles.xml", "xl/drawings/a.vml", "xl/_rels/a.rels"])
@pytest.mark.parametrize("content", UNSAFE.values(), ids=UNSAFE)
def test_what_could_bring_something_in_is_refused(content, name, tmp_path):
    said = f"“表.xlsx”里的“{name}”含有不安全的内容，没有读取；{RESAVE}"
    assert refused(written(tmp_path, {name: content})) == said


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "utf-16", "US-ASCII", "ascii"])
def test_the_encodings_of_office_programs_are_taken(encoding, tmp_path):
    part = f'<?xml version="1.0" encoding="{encoding}"?><x/>'.encode(encoding)
    assert open_package(written(tmp_path, {"xl/a.xml": part})).parts["xl/a.xml"] == part


def test_a_package_for_openpyxl_keeps_escaped_underscores_apart():
    strings, other = b"<t>_x005F_x0041_</t>", b"<t>_x005F_</t>"
    again = Package("表.xlsx", {"xl/sharedStrings.xml": strings, "xl/a.xml": other}).repacked()
    assert again.tell() == 0
    with zipfile.ZipFile(again) as found:
        marked = f"<t>{package_checks.ESCAPED_UNDERSCORE}x0041_</t>".encode()
        assert {n: found.read(n) for n in found.namelist()} == {"xl/sharedStrings.xml": marked, "xl/a.xml": other}
        assert {i.compress_type for i in found.infolist()} == {zipfile.ZIP_STORED}


def test_a_package_of_the_same_parts_is_the_same_bytes():
    data = packed({"a": b"x" * 999, "b": b""})
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        told = [(i.filename, i.date_time, i.compress_type) for i in found.infolist()]
    assert told == [(name, (2021, 9, 26, 0, 0, 0), zipfile.ZIP_DEFLATED) for name in "ab"]
    assert len(re.findall(b"x", data)) < 9
