"""The text of a Word document run by run, its text boxes, what is hidden or changed; files that are refused."""

import io
import zipfile

import pytest

from nianbao.errors import InputError
from nianbao.published import docx
from nianbao.published.published_file import PublishedFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ROOT = f'<w:document xmlns:w="{W}" xmlns:a="{A}" xmlns:mc="{MC}"><w:body>'
END = "</w:body></w:document>"


def packed(parts, way=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", way) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def opened(data):
    return docx.read(PublishedFile("年报.docx", data, "docx"))


def read(xml):
    return opened(packed({"word/document.xml": xml}))


def told(body):
    return [b.text for b in read(ROOT + body + END).blocks]


def p(*runs):
    return f"<w:p>{''.join(r if r.startswith('<') else f'<w:r><w:t>{r}</w:t></w:r>' for r in runs)}</w:p>"


def box(*paragraphs):
    return f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [("<w:r><w:t>甲</w:t><w:t/><w:t>乙</w:t></w:r>", "甲乙"), ("<w:r><w:t>甲<!-- x -->乙</w:t></w:r>", "甲乙"),
     ("<w:r><w:t>甲<?x y?>乙</w:t></w:r>", "甲乙"), ("<w:hyperlink><w:r><w:t>甲</w:t></w:r></w:hyperlink>", "甲"),
     ("<w:r><w:t>甲</w:t><w:drawing><a:t>x</a:t></w:drawing><w:t>乙</w:t></w:r>", "甲乙"),
     ("<w:r><w:t>甲</w:t><mc:AlternateContent><mc:Choice Requires='mc'><w:t>乙</w:t></mc:Choice>"
      "<mc:Fallback><w:t>x</w:t></mc:Fallback></mc:AlternateContent></w:r>", "甲乙"),
     ("<w:r><w:t>甲</w:t><w:footnoteReference/><w:tab/><w:t>乙</w:t></w:r>", "甲\t乙")],
    ids=["empty text", "a comment", "an instruction", "a link", "words of a drawing", "two ways to show it",
         "a footnote and a tab"],
)  # fmt: skip
def test_the_text_of_a_paragraph_is_what_its_runs_show(runs, text):
    assert told(f"<w:p>{runs}</w:p>") == [text]


HIDDEN = "<w:r><w:rPr><w:vanish{}/></w:rPr>{}</w:r>"
REMARK = "文件中有隐藏的文字，没有采用"


@pytest.mark.parametrize(
    ("runs", "text", "remarks"),
    [(HIDDEN.format("", "<w:t>乙</w:t>"), "甲", [REMARK]),
     (HIDDEN.format(' w:val="true"', "<w:t>乙</w:t>"), "甲", [REMARK]),
     (HIDDEN.format(' w:val="0"', "<w:t>乙</w:t>"), "甲乙", []),
     (HIDDEN.format(' w:val="false"', "<w:t>乙</w:t>"), "甲乙", []),
     (HIDDEN.format(' w:val="off"', "<w:t>乙</w:t>"), "甲乙", []),
     (HIDDEN.format("", "<w:t> </w:t><w:t> </w:t>"), "甲", []),
     (HIDDEN.format("", "<w:t>乙</w:t>") + HIDDEN.format("", "<w:t> </w:t>"), "甲", [REMARK]),
     ("<w:r><w:rPr><w:b/></w:rPr><w:t>乙</w:t></w:r>", "甲乙", []),
     (f"<w:r><w:rPr><w:vanish/></w:rPr>{box(p('乙'))}</w:r>", "甲", [REMARK])],
    ids=["hidden", "said so", "0", "false", "off", "blanks", "words and blanks", "bold", "a box"],
)  # fmt: skip
def test_hidden_words_are_left_out_and_told(runs, text, remarks):
    document = read(ROOT + p("甲", runs) + END)
    assert [b.text for b in document.blocks] == [text]
    assert [r.what for r in document.remarks] == remarks
    assert all("取消隐藏" in r.how for r in document.remarks)


@pytest.mark.parametrize("change", ["ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"])
def test_a_tracked_change_of_any_kind_is_told_with_the_cure(change):
    (remark,) = read(f"{ROOT}{p('甲', f'<w:{change}/>')}{END}").remarks
    assert remark.what == "文件带有修订痕迹，已按全部接受修订来读"
    assert "接受全部修订" in remark.how


@pytest.mark.parametrize(
    ("runs", "texts"),
    [(box(p("乙"), p("丙")), ["甲", "乙", "丙"]), (box(p("乙", box(p("丙")))), ["甲", "乙", "丙"]),
     (f"<w:r><w:drawing>{box(p('乙'))}</w:drawing></w:r><w:r><w:pict>{box(p('丙'))}</w:pict></w:r>",
      ["甲", "乙", "丙"]),
     (f"<mc:AlternateContent><mc:Choice>{box(p('乙'))}</mc:Choice><mc:Fallback>{box(p('乙'))}</mc:Fallback>"
      "</mc:AlternateContent>", ["甲", "乙"]),
     (f"<w:del><w:r>{box(p('乙'))}</w:r></w:del>", ["甲"])],
    ids=["two paragraphs", "a box in a box", "two boxes", "written twice", "deleted"],
)  # fmt: skip
def test_text_boxes_are_read_once_each_after_their_paragraph(runs, texts):
    assert told(p("甲", runs)) == texts


@pytest.mark.parametrize(("deep", "seen"), [(docx.MAX_DEPTH, True), (docx.MAX_DEPTH + 1, False)])
def test_boxes_within_more_boxes_than_any_report_has_are_not_looked_into(deep, seen):
    """Each was once read as often as there are ways down to it, a thousand millions of times in all."""
    inside = p("底")
    for _ in range(deep):
        inside = f"<w:p>{box(inside)}</w:p>"
    assert told(inside) == (["底"] if seen else [])


def test_a_paragraph_whose_mark_is_deleted_stands_where_it_ends():
    mark = '<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
    found = read(ROOT + p("甲") + p(mark, "乙") + p(mark, "丙") + END).blocks
    assert [(b.text, b.place) for b in found] == [("甲", "第1段"), ("乙丙", "第3段")]
    assert read(ROOT + p(mark, " ") + END).blocks == ()


@pytest.mark.parametrize(
    ("start", "encoding"),
    [("", "utf-8"), ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n', "utf-8"), ("\ufeff", "utf-8"),
     ("<?xml version='1.0' encoding='utf-8'?>", "utf-8-sig"), ("<?xml version='1.0' encoding='UTF-16'?>", "utf-16"),
     ("<?xml version='1.0'?>", "utf-8"), ("<?xml version='1.0' encoding='US-ASCII'?>", "ascii")],
    ids=["no declaration", "Word's", "a mark", "a mark and a declaration", "UTF-16", "only a version", "ASCII"],
)  # fmt: skip
def test_the_body_is_read_in_the_encodings_that_xml_has_by_itself(start, encoding):
    assert [b.text for b in read((start + ROOT + p("abc") + END).encode(encoding)).blocks] == ["abc"]


def declared(encoding):
    return f"<?xml version='1.0' encoding='{encoding}'?>"


@pytest.mark.parametrize(
    ("xml", "said"),
    [(f"<!DOCTYPE w>{ROOT}{END}", "的正文含有不安全的内容"),
     (f"{declared('gbk')}{ROOT}{END}", "的正文含有不安全的内容"),
     (f"\ufeff{declared('utf-7')}{ROOT}{END}", "的正文含有不安全的内容"),
     (f"  {declared('gbk')}{ROOT}{END}", "的正文含有不安全的内容"),
     (f"{declared('中')}{ROOT}{END}", "的正文含有不安全的内容"),
     (f"<!DOCTYPE w>{ROOT}{END}".encode("utf-16"), "的正文含有不安全的内容"),
     (ROOT, "的正文已经损坏"), (ROOT + "<w:sdt>" * 300 + "</w:sdt>" * 300 + END, "的正文已经损坏"),
     (f'<w:document xmlns:w="{W}"/>', "里没有 Word 正文"),
     (f'<w:document xmlns:w="{A}"><w:body/></w:document>', "里没有 Word 正文")],
    ids=["a doctype", "another encoding", "another after a mark", "another after blanks", "an encoding of no name",
         "a doctype in UTF-16", "half a body", "deeper than any", "no body", "a body of another kind"],
)  # fmt: skip
def test_a_body_that_cannot_be_trusted_or_read_is_refused_by_name(xml, said):
    with pytest.raises(InputError, match=f"“年报\\.docx”{said}"):
        read(xml)


@pytest.mark.parametrize(
    ("parts", "said"),
    [({"xl/workbook.xml": ""}, "是 Excel 工作簿"), ({"content.xml": ""}, "不是 Word 文档，请用 Word 或 WPS 打开"),
     ({"ppt/presentation.xml": ""}, "不是 Word 文档，请用 Word 或 WPS 打开"),
     ({"年报.docx": ""}, "是压缩包，不是 Word 文档"), ({}, "是压缩包，不是 Word 文档")],
    ids=["a workbook", "an open document", "slides", "an archive", "an empty archive"],
)  # fmt: skip
def test_another_kind_of_package_is_named(parts, said):
    with pytest.raises(InputError, match=f"“年报\\.docx”{said}"):
        opened(packed(parts))


def test_a_package_that_is_cut_off_or_locked_is_refused_by_name():
    data = packed({"word/document.xml": ROOT + p("甲") + END})
    with pytest.raises(InputError, match=r"“年报\.docx”已经损坏或没有传完整"):
        opened(data[:-30])
    locked = bytearray(data)
    locked[data.index(b"PK\1\2") + 8] |= 1
    with pytest.raises(InputError, match=r"“年报\.docx”设了密码"):
        opened(bytes(locked))
    other = bytearray(data)
    other[data.index(b"PK\1\2") + 8] |= 2  # says how hard it was packed
    assert [b.text for b in opened(bytes(other)).blocks] == ["甲"]


def test_a_body_larger_than_any_is_refused_by_name(monkeypatch):
    xml = (ROOT + p("甲") + END).encode()
    monkeypatch.setattr(docx, "MAX_PART", len(xml))
    assert [b.text for b in read(xml).blocks] == ["甲"]
    for data in (packed({"word/document.xml": xml + b" "}), packed({"word/document.xml": xml * 2})):
        with pytest.raises(InputError, match=r"“年报\.docx”解开后的内容大得不正常"):
            opened(data)


@pytest.mark.parametrize(("limit", "fits"), [("MAX_PARTS", 2), ("MAX_TAGS", 10)])
def test_a_package_of_more_parts_or_tags_than_any_is_refused_by_name(limit, fits, monkeypatch):
    data = packed({"word/document.xml": ROOT + p("甲") + END, "word/styles.xml": ""})
    monkeypatch.setattr(docx, limit, fits)
    assert [b.text for b in opened(data).blocks] == ["甲"]
    monkeypatch.setattr(docx, limit, fits - 1)
    with pytest.raises(InputError, match=r"“年报\.docx”解开后的内容大得不正常"):
        opened(data)


def test_a_body_that_unpacks_to_hundreds_of_times_its_size_is_refused_by_name():
    bomb = packed({"word/document.xml": ROOT + " " * 3 * 2**20 + END}, zipfile.ZIP_DEFLATED)
    with pytest.raises(InputError, match=r"“年报\.docx”解开后的内容大得不正常"):
        opened(bomb)


def test_another_part_larger_than_any_or_that_unpacks_to_hundreds_of_times_its_size_is_refused_by_name(monkeypatch):
    def with_relations(length, way=zipfile.ZIP_STORED):
        found = {"word/document.xml": ROOT + p("甲") + END, "word/_rels/document.xml.rels": " " * length}
        return packed(found, way)

    with pytest.raises(InputError, match=r"“年报\.docx”解开后的内容大得不正常"):
        opened(with_relations(3 * 2**20, zipfile.ZIP_DEFLATED))
    assert [b.text for b in opened(with_relations(9_000)).blocks] == ["甲"]
    monkeypatch.setattr(docx, "MAX_PART", 8_999)
    with pytest.raises(InputError, match=r"“年报\.docx”解开后的内容大得不正常"):
        opened(with_relations(9_000))
