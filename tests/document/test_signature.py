"""The signature stands where GB/T 9704-2012, 7.3.5 puts it, without a seal and with one, and reads back as it was."""

from dataclasses import replace

import pytest

from nianbao import document, published
from nianbao.document.signature import LINE, placed
from nianbao.document.title_lines import whole_words
from nianbao.form import load_edition
from reports import zero

LONG = "龙岩市武平县自然资源局（武平县林业局、武平县不动产登记管理委员会办公室）"
ISSUED = "中国（福建）自由贸易试验区厦门片区管理委员会"


def spaces(line):
    """The whole characters left free before a line, and how many half characters after it."""
    bare = line.lstrip("\u3000")
    before = len(line) - len(bare)
    return before, LINE * 2 - before * 2 - sum(1 if c.isascii() else 2 for c in bare)


@pytest.mark.parametrize(
    ("name", "date", "expected"),
    [
        # 右空二字；成文日期首字比署名首字右移二字
        ("武平县人民政府办公室", "2026年1月12日", [(16, 4), (18, 7)]),
        ("永平镇人民政府", "2026年1月12日", [(19, 4), (21, 1)]),
        # 成文日期长于署名：成文日期右空二字，署名相应增加右空字数
        ("永平镇", "2026年1月12日", [(17, 16), (19, 5)]),
        ("永平镇", "2026年1月2日", [(18, 14), (20, 4)]),
        # 成文日期不是日期的，照样排
        ("永平镇人民政府", "一月十二日", [(19, 4), (21, 4)]),
        # 长的分行，首字对齐
        (LONG, "2026年1月2日", [(7, 4), (7, 8), (9, 26)]),
    ],
)
def test_without_a_seal_the_date_begins_two_characters_behind_the_names_beginning(name, date, expected):
    said = "\n".join(placed(name, date, stamped=False))
    assert [spaces(line) for line in said.split("\n")] == expected
    assert said.replace("\u3000", "").replace("\n", "") == name + date


@pytest.mark.parametrize("name", ["永平镇", "永平镇人民政府", "武平县人民政府办公室", "武平县农业农村局", LONG, ISSUED])
@pytest.mark.parametrize("date", ["2026年1月2日", "2026年1月12日", "2026年12月31日"])
def test_with_a_seal_the_name_stands_over_the_middle_of_the_date(name, date):
    said = "\n".join(placed(name, date, stamped=True))
    *lines, last = [spaces(line) for line in said.split("\n")]
    middle = last[0] * 2 - last[1]
    assert all(abs(before * 2 - after - middle) <= 2 for before, after in lines), "in half characters, twice"
    assert last[1] in (8, 9) or max(len(x) for x in said.split("\n")) >= LINE - 8, "右空四字"
    assert all(after >= 0 for _, after in lines)


@pytest.mark.parametrize("name", [LONG, ISSUED])
@pytest.mark.parametrize(("stamped", "width"), [(False, 22), (True, 20)])
def test_a_long_name_is_divided_at_words_as_in_the_title(name, stamped, width):
    lines = [x.strip("\u3000") for x in placed(name, "", stamped=stamped)[0].split("\n")]
    assert lines == list(whole_words(name, width))
    assert all(len(x) <= width for x in lines)


@pytest.mark.parametrize("stamped", ["", "是"])
@pytest.mark.parametrize("name", ["永平镇人民政府", LONG])
def test_a_signature_reads_back_as_it_was(tmp_path, name, stamped):
    edition, report = load_edition("2021"), zero()
    report = replace(report, body={**report.body, "name": name, "signed_on": "2026-1-12", "stamped": stamped})
    made = document.template_for(edition).render(report)
    assert document.differences(made, edition, report) == []
    (tmp_path / "年报.docx").write_bytes(made)
    read = published.read(tmp_path / "年报.docx").report
    assert (read.body["name"], read.body["signed_on"]) == (name, "2026-1-12")
    assert read.texts["other_matters"].split("\n")[-1] == "2025年度本机关未收取信息处理费。"
