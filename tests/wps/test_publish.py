"""publish.xml, in which all add-ins of a user stand: ours comes and goes, the others stay as they are, to the byte."""

import errno
import xml.etree.ElementTree as ET

import pytest

from nianbao.errors import OutputError
from nianbao.wps import publish

OA = '<jspluginonline name="oa" type="wps" url="http://oa.example/?a=1&amp;b=2" 单位="甲>乙" enable="enable_dev"/>'
OTHER = "<jsplugin name='nianbao2' type='et' url='nianbao_1.0'><more/></jsplugin>"
FILES = {
    "others": f'<?xml version="1.0"?>\n<jsplugins a="/>">\n  {OA}\n  <!-- 不要改 -->\n  {OTHER}\n</jsplugins>\n',
    "one line": f"<jsplugins>{OA}{OTHER}</jsplugins>",
    "of Windows": f"\ufeff<jsplugins>\r\n    {OA}\r\n</jsplugins>\r\n",
    "no entry": "<jsplugins></jsplugins>",
    "one tag": "<jsplugins />",
    "a comment behind": f"<jsplugins>\n{OA}\n</jsplugins>\n<!-- nianbao -->\n",
}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "publish.xml"


def listed(path):
    return [dict(e.attrib) for e in ET.fromstring(path.read_bytes())]


def test_a_first_add_in_makes_the_list_and_the_last_takes_it_away(path):
    publish.merge(path, "2026.11.0")
    (ours,) = listed(path)
    assert ours == {
        "name": "nianbao", "type": "et", "url": "nianbao_2026.11.0", "version": "2026.11.0", "enable": "enable_dev",
        "install": "null", "customDomain": "",
    }  # fmt: skip
    assert publish.remove(path)
    assert not path.exists()


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_others_stay_in_their_order_with_everything_they_say(path, text):
    path.write_bytes(text.encode())
    before = listed(path)
    publish.merge(path, "1.0")
    assert listed(path)[:-1] == before
    assert listed(path)[-1]["url"] == "nianbao_1.0"
    for kept in (OA, OTHER, "<!-- 不要改 -->", "<!-- nianbao -->"):
        assert (kept.encode() in path.read_bytes()) == (kept in text)
    assert publish.remove(path)
    assert listed(path) == before


def test_taking_out_leaves_a_file_of_several_lines_to_the_byte_as_it_was(path):
    before = FILES["others"].encode()
    path.write_bytes(before)
    publish.merge(path, "1.0")
    assert path.read_bytes() != before
    publish.remove(path)
    assert path.read_bytes() == before


def test_a_new_version_takes_the_place_of_all_earlier_ones(path):
    old = '<jsplugin name="nianbao" url="nianbao_0.9"></jsplugin>'
    online = "<jspluginonline\n name='nianbao' url='http://127.0.0.1:1/'/>"
    path.write_text(f"<jsplugins>\n{old}\n{OA}{online}\n</jsplugins>", encoding="utf-8")
    publish.merge(path, "1.0")
    assert [e["name"] for e in listed(path)] == ["oa", "nianbao"]
    assert listed(path)[1]["url"] == "nianbao_1.0"


def test_putting_it_in_again_changes_nothing(path):
    publish.merge(path, "1.0")
    before = path.read_bytes(), path.stat().st_mtime_ns
    publish.merge(path, "1.0")
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


BROKEN = {
    "cut off": FILES["others"][:-20].encode(),
    "another file": b"<html><body/></html>",
    "no XML": b"[jsplugins]\r\na=1",
    "a document type": b"<!DOCTYPE jsplugins [<!ENTITY a 'b'>]><jsplugins>&a;</jsplugins>",
    "UTF-16": "<jsplugins></jsplugins>".encode("utf-16"),
    "a code page nobody reads": b"<?xml version='1.0' encoding='x-none'?><jsplugins/>",
    "other letters than it begins with": b"<?xml version='1.0' encoding='cp037'?>" + "<jsplugins/>".encode("cp037"),
    "huge": b"<jsplugins>" + b" " * 2**20 + b"</jsplugins>",
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("change", [lambda p: publish.merge(p, "1.0"), publish.remove], ids=["merge", "remove"])
def test_a_broken_list_is_told_and_left_alone(path, data, change):
    path.write_bytes(data)
    with pytest.raises(OutputError, match=r"publish\.xml.*没有改动"):
        change(path)
    assert path.read_bytes() == data
    assert [p.name for p in path.parent.iterdir() if not p.name.startswith("~")] == ["publish.xml"]


def test_a_list_in_the_code_page_of_old_windows_is_told(path):
    path.write_bytes('<?xml version="1.0" encoding="GBK"?><jsplugins><jsplugin name="公文"/></jsplugins>'.encode("gbk"))
    before = path.read_bytes()
    with pytest.raises(OutputError, match="没有改动"):
        publish.merge(path, "1.0")
    assert path.read_bytes() == before


@pytest.mark.parametrize("data", [b"", b" \r\n"])
def test_an_empty_file_is_no_list_and_becomes_one(path, data):
    path.write_bytes(data)
    assert not publish.remove(path)
    publish.merge(path, "1.0")
    assert len(listed(path)) == 1


def test_a_list_that_cannot_be_opened_is_told(path):
    path.mkdir()
    with pytest.raises(OutputError, match="打不开"):
        publish.merge(path, "1.0")


def test_a_list_that_cannot_be_taken_away_is_told(path, monkeypatch):
    publish.merge(path, "1.0")
    before = path.read_bytes()

    def kept(*_args, **_kwargs):
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(type(path), "unlink", kept)
    with pytest.raises(OutputError, match=r"publish\.xml”不能删除"):
        publish.remove(path)
    assert path.read_bytes() == before
