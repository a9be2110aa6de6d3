"""A county's notice: a sound file is taken as it is, a faulty one refused with every fault and its line."""

from datetime import date
from pathlib import Path

import pytest

from nianbao.errors import InputError
from nianbao.notice import Ask, Deadline, Length, Notice
from nianbao.pipeline import read_notice

NOTICES = Path(__file__).parents[1] / "cases" / "notices"
HEAD = 'title = "通知"\nnumber = "示〔2025〕1号"\nissuer = "示例县政府办"\ndate = 2025-12-20\nyear = 2025\n'
NUMBER = '[[numbers]]\ntext = "总体情况"\nname = "解读数"\nwords = ["解读"]\nclass = "核实"\n'


def read(tmp_path, text):
    path = tmp_path / "通知.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_notice(path)


def refused(tmp_path, text):
    with pytest.raises(InputError) as error:
        read(tmp_path, text)
    return str(error.value)


def test_the_examples_are_read():
    first, second = (read_notice(NOTICES / f"{name}.toml") for name in ("示例县", "样本市"))
    assert [a.name for a in first.numbers] == ["政府网站发布数", "政策解读数", "制发的规范性文件数"]
    assert first.numbers[0] == Ask("overview", "政府网站发布数", ("政府网站", "门户网站", "县网站"), "explain")
    assert first.lengths == (Length("overview", 1000, "explain"),)
    assert first.deadline == Deadline(date(2026, 1, 20), "hint")
    assert second.phrases[0].text == "other_matters"
    assert second.deadline is None


def test_a_part_is_named_by_its_label_or_its_id(tmp_path):
    by_label = read(tmp_path, HEAD + NUMBER)
    assert by_label == read(tmp_path, HEAD + NUMBER.replace("总体情况", "overview"))


def test_the_basis_cites_issuer_title_and_number():
    notice = Notice("关于年报的通知", "示〔2025〕1号", "示例县政府办", date(2025, 12, 20), 2025)
    assert notice.basis == "示例县政府办《关于年报的通知》（示〔2025〕1号）"


FAULTY = {
    "强制 is no class of a notice": (
        HEAD + NUMBER.replace("核实", "强制"),
        ["第10行（[[numbers]] 第1项的 class）：“强制”不认识，可用的有：核实、提示"],
    ),
    "a part nobody knows": (
        HEAD + NUMBER.replace("总体情况", "总体概况"),
        ["第7行（[[numbers]] 第1项的 text）：没有“总体概况”这一部分，是不是“overview（总体情况）”"],
    ),
    "a day in quotation marks": (
        HEAD.replace("2025-12-20", '"2025-12-20"') + NUMBER,
        ["第4行（date）：“2025-12-20”应是一个日期，写成 2026-01-20，不加引号"],
    ),
    "a day with a time": (HEAD.replace("2025-12-20", "2025-12-20T08:00:00") + NUMBER, ["第4行（date）"]),
    "nothing asked": (HEAD, ["没有写任何要求"]),
    "no words": (HEAD + NUMBER.replace('["解读"]', "[]"), ["第9行（[[numbers]] 第1项的 words）：写了 0 个词"]),
    "one word without brackets": (HEAD + NUMBER.replace('["解读"]', '"解读"'), ["第9行", "应是方括号里的一串"]),
    "a word of one character": (HEAD + NUMBER.replace('"解读"', '"解 "'), ["“解 ”太短，处处都有"]),
    "an empty word": (HEAD + NUMBER.replace('"解读"', '" "'), ["第9行（[[numbers]] 第1项的 words 第1项）：没有内容"]),
    "a word of two lines": (HEAD + NUMBER.replace('"解读"', r'"解\n读"'), ["有换行或不能印的字符"]),
    "51 words": (
        HEAD + NUMBER.replace('["解读"]', str([f"解读{n}" for n in range(51)])),
        ["写了 51 个词，应是1至50个"],
    ),
    "101 asks": (HEAD + NUMBER * 101, ["一共有 101 项要求，最多 100 项"]),
    "a long word": (HEAD + NUMBER.replace("解读数", "解" * 41), ["有 41 个字，最多 40 个字"]),
    "a full stop in the title": (HEAD.replace('"通知"', '"通知。"') + NUMBER, ["第1行（title）：不要有句号"]),
    "no length": (
        HEAD + '[[lengths]]\ntext = "总体情况"\nmost = 0\nclass = "提示"\n',
        ["第8行（[[lengths]] 第1项的 most）：最多0字"],
    ),
    "a length of thousands of digits": (
        HEAD + f'[[lengths]]\ntext = "总体情况"\nmost = {"9" * 4000}\nclass = "提示"\n',
        ["应是一个整数，从0到31680"],
    ),
    "an unknown key and a missing one": (
        HEAD + NUMBER.replace('name = "解读数"', 'nmae = "解读数"'),
        ["缺少 name", "不认识 nmae，是不是“name”"],
    ),
    "the deadline as a list": (HEAD + '[[deadline]]\ndate = 2026-01-20\nclass = "提示"\n', ["应是花括号里的几项"]),
    "numbers of another kind": (HEAD + "numbers = 3\nphrases = [1, [2]]\n", ["numbers 应是", "应是花括号里的几项"]),
    "wide quotation marks": (HEAD.replace('"通知"', "“通知”") + NUMBER, ["第1行：用了全角的引号（“"]),
    "everything deep": ("a = " + "[" * 5000, ["不能使用"]),
    "a key of ten thousand parts": (".".join("a" * 10_000) + " = 1", ["不能使用"]),
    "not UTF-8": ("title = “通知”".encode("gbk"), ["不是 UTF-8 编码"]),
    "large": (b"#" * 100_001, ["太大，不像一个通知文件"]),
}


@pytest.mark.parametrize("case", FAULTY, ids=str)
def test_a_faulty_file_is_refused_with_what_is_wrong(case, tmp_path):
    text, said = FAULTY[case]
    told = refused(tmp_path, text)
    assert "通知.toml" in told
    assert [s for s in said if s not in told] == []
    assert len(told) < 20_000


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path):
    text = HEAD.replace("year = 2025\n", "") + NUMBER.replace("核实", "必须") + NUMBER.replace("总体情况", "总结")
    told = refused(tmp_path, text)
    assert "有 3 处错误，不能使用：" in told
    places = [told.index(s) for s in ("第9行", "没有“总结”这一部分", "缺少 year")]
    assert places == sorted(places)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    for path in (tmp_path / "没有.toml", Path("a\0b.toml"), tmp_path):
        with pytest.raises(InputError):
            read_notice(path)
