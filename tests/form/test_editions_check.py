"""A county's own edition file: every fault is told in Chinese with its line, and nothing ever crashes on it."""

import json
import random
import re
import tomllib
from importlib import resources

import pytest

from nianbao.cli import main
from nianbao.errors import EditionError
from nianbao.form import edition_names, examine, load_edition
from nianbao.form.changes import CHANGES
from nianbao.form.shape import CHANGES as SHAPES
from nianbao.form.shape import check as check_shape
from nianbao.form.toml_lines import index

HEAD = 'id = "x"\nextends = "2021"\nname = "某县用表"\nstatus = "variant"\n'

RULE = (
    '[[rules]]\nid = "X1"\nname = "n"\nclass = "error"\nstatement = "s"\nbasis = "b"\nwhy = "w"\nmend = "m"\n'
    'kept = "k"\nbroken = "b"\n'
)
SOUND = 'sum = { table = "requests", each = "column", left = ["received"], right = ["pending_end"] }'
FEE = (
    '[[changes]]\ndo = "replace_table"\ntable = "fee"\n[changes.with]\n'
    'id = "fee"\nword = "信息处理费"\nsheet = "信息处理费"\nprinted = false\nlabel_columns = 1\n'
    "columns = [{columns}]\nwidths = [{widths}]\nrows = [{{ {row} }}]"
)
NOTICES = '{ id = "notices", label = "件数", word = "件数" }'
FEE_ROW = FEE.format(columns=NOTICES, widths="1, 1", row='id = "fee", word = "费用", labels = ["费"]')

FAULTS = {
    "a text for a number": ('from_year = "2022"', 5, "from_year", "应是一个整数"),
    "a number below nothing": ("from_year = -1", 5, "from_year", "“-1”应是一个整数，从0到31680"),
    "a number of three hundred figures": (
        f"from_year = {'9' * 300}", 5, "from_year", f"“{'9' * 40}…”应是一个整数，从0到31680，写半角数字"),
    "a table wider than any page": (
        FEE.format(columns=NOTICES, widths="1, 31681", row='id = "fee", word = "费用", labels = ["费"]'),
        15, "[[changes]] 第1项的 with 的 widths 第2项", "“31681”应是一个整数，从0到31680"),
    "a heading over a thousand million rows": (
        FEE.format(columns=NOTICES, widths="1, 1", row='id = "fee", word = "费用", labels = ["费"]')
        + '\nheader = [[{ text = "甲", rows = 1000000000 }]]',
        17, "[[changes]] 第1项的 with 的 header 第1项 第1项的 rows", "“1000000000”应是一个整数，从0到400"),
    "a number for a text": ("basis = 30", 5, "basis", "应是一段文字"),
    "an unknown key": ('titel = "x"', 5, "titel", "是不是“title”"),
    "a list written as a text": ('contact = "地址"', 5, "contact", "方括号"),
    "no kind of change": ('[[changes]]\ntable = "requests"', 5, "[[changes]] 第1项", "没有写 do"),
    "an unknown change": ('[[changes]]\ndo = "delete_row"', 6, "[[changes]] 第1项的 do", "可用的有：drop_row"),
    "a table by no id": (
        '[[changes]]\ndo = "drop_row"\ntable = "表二"\nrow = "regulations"',
        7, "[[changes]] 第1项的 table", "是不是“proactive（表二）”"),
    "a row by no id": (
        '[[changes]]\ndo = "drop_row"\ntable = "proactive"\nrow = "regulation"',
        8, "[[changes]] 第1项的 row", "是不是“regulations（规章）”"),
    "one of several rows by no id": (
        '[[changes]]\ndo = "merge_rows"\ntable = "requests"\nrows = [\n  "other.other",\n  "other.nothing",\n]\n'
        'into = { id = "other", labels = ["x"], word = "y" }',
        8, "[[changes]] 第1项的 rows", "没有 id 为“other.nothing”的行"),
    "a change without what it needs": (
        '[[changes]]\ndo = "add_row"\ntable = "requests"\nafter = "received"', 5, "[[changes]] 第1项", "缺少 row"),
    "a row without its word": (
        '[[changes]]\ndo = "add_row"\ntable = "requests"\nafter = "received"\nrow = { id = "new", labels = ["新"] }',
        9, "[[changes]] 第1项的 row", "缺少 word"),
    "a section by no id": (
        '[[changes]]\ndo = "drop_section"\nsection = "review2"', 7, "[[changes]] 第1项的 section", "是不是“review"),
    "a section with a misspelt key": (
        '[[changes]]\ndo = "add_section"\nafter = "review"\nsection = { id = "fee", headng = "x", table = "fee" }',
        8, "[[changes]] 第1项的 section 的 headng", "是不是“heading”"),
    "a section about nothing": (
        '[[changes]]\ndo = "add_section"\nafter = "review"\nsection = { id = "more", heading = "更多" }',
        8, "[[changes]] 第1项的 section 的 id", "应当有一个 text 或一个 table"),
    "a rule by no id": ('[[changes]]\ndo = "drop_rule"\nrule = "A88"', 7, "[[changes]] 第1项的 rule", "是不是“A8"),
    "a rule left without its row": (
        '[[changes]]\ndo = "drop_row"\ntable = "proactive"\nrow = "regulations"',
        8, "[[changes]] 第1项的 row", 'do = "drop_rule"、rule = "A8"'),
    "a table of the wrong width": (
        '[[changes]]\ndo = "replace_table"\ntable = "fee"\n[changes.with]\nid = "fee"\nword = "信息处理费"\n'
        'sheet = "信息处理费"\nprinted = false\nwidths = ["宽"]\nrows = []',
        13, "[[changes]] 第1项的 with 的 widths 第1项", "应是一个整数"),
    "an unknown column in a second change": (
        '[[changes]]\ndo = "drop_rule"\nrule = "A8"\n\n[[changes]]\ndo = "set_section"\nsection = "fee"\nvalues = {}',
        11, "[[changes]] 第2项的 section", "没有 id 为“fee”的部分"),
    "a word in a sentence that is none": (
        'contact = ["地址：{地扯}"]', 5, "contact 第1项", "{地扯} 不认识"),
    "a rule without basis": (
        '[[rules]]\nid = "X1"\nname = "n"\nclass = "error"\nstatement = "s"\nbasis = ""\nwhy = "w"\nmend = "m"\n'
        'kept = "k"\nbroken = "b"\ncheck = "numbers_are_proper"\nselect = {}',
        6, "[[rules]] 第1项的 id", "X1 缺少 basis"),
    "an id the program has": ('', 1, "id", "换一个自己的 id"),
    "a sheet name Excel refuses": (
        'sheets = ["总体情况", "表二", "表三", "表四", "信息处理费", "问题与其他", "表/五"]',
        5, "sheets 第7项", "Excel 不能用"),
    "a change that merges no rows": (
        '[[changes]]\ndo = "merge_rows"\ntable = "requests"\nrows = []\n'
        'into = { id = "other", labels = ["x"], word = "y" }',
        8, "[[changes]] 第1项的 rows", "没有写要合并哪几行，写明各行的 id"),
    "one value where several named ones belong": (
        f'{RULE}sum = "received"', 15, "[[rules]] 第1项的 sum", "应是花括号里的几项，或单独的一节，写成 { 名称"),
    "changes that are no sections": (
        "changes = 3", 5, "changes", "changes 应是一节一节的修改，每处修改以 [[changes]] 单独一行开头"),
    "a list of changes that are none": (
        'changes = ["drop_row"]', 5, "changes", "changes 应是一节一节的修改，每处修改以 [[changes]] 单独一行开头"),
    "rules included from nowhere": (
        'include = ["rules-of-mine"]', 5, "include 第1项", "include 的“rules-of-mine”不能用：文件打不开"),
    "a column id given twice": (
        FEE.format(columns=f"{NOTICES}, {NOTICES}", widths="1, 1, 1", row='id = "fee", word = "费用", labels = ["费"]'),
        7, "[[changes]] 第1项的 table", "表 fee 的列 id 重复"),
    "a place without a cell": (
        f'{FEE_ROW}\nheader = [[{{ text = "费" }}]]',
        7, "[[changes]] 第1项的 table", "表 fee 第1行第2列没有格子"),
    "a table given twice": (
        FEE_ROW.replace('id = "fee"\nword', 'id = "requests"\nword'),
        9, "[[changes]] 第1项的 with 的 id", "表 requests 出现两次"),
    "a section about a text that is not there": (
        '[[changes]]\ndo = "add_section"\nafter = "review"\nsection = { id = "more", heading = "更多", text = "mre" }',
        8, "[[changes]] 第1项的 section 的 id", "部分 more 指的正文 mre 不存在"),
    "a section about a table that is not there": (
        '[[changes]]\ndo = "add_section"\nafter = "review"\nsection = { id = "more", heading = "更多", table = "mre" }',
        8, "[[changes]] 第1项的 section 的 id", "部分 more 指的表 mre 不存在"),
    "an introduction beside no section": (
        'introduction_place = "nowhere"', 5, "introduction_place", "introduction_place 指的部分 nowhere 不存在"),
    "a rule of no class": (
        RULE.replace('"error"', '"grave"') + SOUND,
        6, "[[rules]] 第1项的 id", "X1 的 class 应是 error、explain、hint 之一"),
    "a rule about something else": (
        f'{RULE}scope = "town"\n{SOUND}', 6, "[[rules]] 第1项的 id", "X1 的 scope 应是 report、history"),
    "a rule checked in two ways": (
        f'{RULE}{SOUND}\ncheck = "numbers_are_proper"', 6, "[[rules]] 第1项的 id", "X1 不能同时有 sum 和 check"),
    "a sum over a table that is not there": (
        RULE + SOUND.replace("requests", "request"), 15, "[[rules]] 第1项的 sum 的 table", "X1 指的表 request 不存在"),
    "a sum along neither rows nor columns": (
        RULE + SOUND.replace('"column"', '"cell"'), 6, "[[rules]] 第1项的 id", "X1 的 each 应是 row 或 column"),
    "a sum with nothing on one side": (
        RULE + SOUND.replace('["received"]', "[]"), 6, "[[rules]] 第1项的 id", "X1 的等式有一侧是空的"),
    "a table equal to one that is not there": (
        f'{RULE}equal = {{ left = "requests", right = "request" }}',
        15, "[[rules]] 第1项的 equal 的 right", "X1 指的表 request 不存在"),
}  # fmt: skip


def written(folder, text, name="本县.toml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_its_line_and_key(fault, tmp_path):
    text, line, key, said = FAULTS[fault]
    head = HEAD.replace('"x"', '"2019"') if fault == "an id the program has" else HEAD
    _, found = examine(written(tmp_path, f"{head}{text}\n"))
    here = [f for f in found if f.line == line and said in f"{f.what}，{f.how}"]
    assert here, "\n".join(map(str, found))
    assert key in {f.key for f in here}
    with pytest.raises(EditionError, match=re.escape(f"第{line}行")):
        load_edition(written(tmp_path, f"{head}{text}\n", "again.toml"))


def test_what_belongs_to_no_line_is_told_last_and_without_one(tmp_path):
    row = FEE.format(columns=NOTICES, widths="1, 1", row='word = "费用", labels = ["费"]')
    _, found = examine(written(tmp_path, f"{HEAD}{row}"))
    assert [str(f) for f in found] == ["缺少 id"]
    _, found = examine(written(tmp_path, f'{HEAD}"a.b" = 1\ntitel = "x"'))
    assert [(f.line, f.key) for f in found] == [(6, "titel"), (0, "a.b")]


def test_changes_of_what_a_faulty_base_lacks_are_no_faults_of_the_file(tmp_path):
    written(tmp_path, 'id = "city"\nname = "某市用表"\ntables = 3', "市.toml")
    change = '[[changes]]\ndo = "drop_row"\ntable = "proactive"\nrow = "regulations"'
    _, found = examine(written(tmp_path, HEAD.replace('"2021"', '"市.toml"') + change, "县.toml"))
    assert {f.key for f in found} == {"extends"}
    assert any("tables 应是方括号里的一串" in f.what for f in found)


@pytest.mark.parametrize(("name", "most"), [("本县.toml", 200_000), ("本县.whole.toml", 400_000)])
def test_a_file_larger_than_any_edition_is_refused_unread(name, most, tmp_path):
    for length, said in ((most, "缺少 id"), (most + 1, "文件太大，不像一个格式文件")):
        with pytest.raises(EditionError, match=said):
            load_edition(written(tmp_path, "#" * length, name))


@pytest.mark.parametrize("key", ["extends", "include"])
def test_a_path_with_a_nul_is_told_like_any_other_that_is_none(key, tmp_path):
    said = {"extends": 'extends = "\\u0000.toml"', "include": 'extends = "2021"\ninclude = ["rules\\u0000"]'}[key]
    with pytest.raises(EditionError, match=r"文件打不开（路径无效）"):
        load_edition(written(tmp_path, f'id = "x"\nname = "某县用表"\n{said}'))


def test_more_sections_than_there_are_numerals_for_are_refused(tmp_path):
    sections = ", ".join(f'{{ id = "s{i}", heading = "部分", text = "problems" }}' for i in range(110))
    _, found = examine(written(tmp_path, f"{HEAD}sections = [{sections}]"))
    assert "sections 有 110 个，最多 99 个" in [f.what for f in found]


def many(key, count, item):
    """A list of so many items; `{n}` in one is its number."""
    return f"{key} = [{', '.join(item.replace('{n}', str(n)) for n in range(count))}]"


TEXT = '{ id = "t{n}", label = "文", sheet = "总体情况", paragraphs = 1, prompt = "" }'
TABLE = (
    '[[changes]]\ndo = "replace_table"\ntable = "proactive"\n[changes.with]\nid = "proactive"\nword = "表二"\n'
    'sheet = "表二"\n'
)
TOO_MUCH = {
    "texts": (many("texts", 201, TEXT), "texts 有 201 个，最多 200 个"),
    "paragraphs": (many("texts", 3, TEXT.replace("1,", "334,")), "各段正文共留 1002 段，最多 1000 段"),
    "cells of tables": (
        TABLE + many("widths", 2_000, "1") + "\n" + many("rows", 2_000, '{ band = "x" }'),
        "各表共 4000418 格，最多 3000 格",
    ),
    "fields": (many("fields", 201, '{ id = "x", label = "x", prompt = "" }'), "fields 有 201 个，最多 200 个"),
    "levels": (
        many("levels", 201, '{ id = "x", label = "x", makes_regulations = true }'),
        "levels 有 201 个，最多 200 个",
    ),
    "sheets": (many("sheets", 51, '"表{n}"'), "sheets 有 51 个，最多 50 个"),
}


@pytest.mark.parametrize(("text", "said"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_a_form_larger_than_any_is_refused_before_it_is_put_together(text, said, tmp_path):
    edition, found = examine(written(tmp_path, HEAD + text))
    assert (edition, [f.what for f in found]) == (None, [said])


@pytest.mark.parametrize("id_", ["[]", "{}", "3"])
def test_an_id_that_is_no_text_is_told_beside_the_faults_of_the_other_rules(id_, tmp_path):
    text = RULE.replace('"X1"', id_) + SOUND + "\n" + RULE.replace('"error"', '"grave"') + SOUND
    _, found = examine(written(tmp_path, f"{HEAD}{text}"))
    assert [(f.line, f.key) for f in found] == [(6, "[[rules]] 第1项的 id"), (17, "[[rules]] 第2项的 id")]


def test_all_faults_of_a_file_are_told_at_once_in_its_order(tmp_path):
    chosen = [FAULTS[n][0] for n in ("a text for a number", "an unknown key", "a table by no id", "an unknown change",
                                     "a section with a misspelt key", "a rule by no id")]  # fmt: skip
    _, found = examine(written(tmp_path, HEAD + "\n".join(chosen)))
    lines = [f.line for f in found]
    assert len(found) == 7
    assert lines == sorted(lines)
    assert all(lines)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('id = "x"\nname "y"', 2, "没有等号"),
        ('id = "x"\nname = 某县', 2, "双引号"),
        ('id = “x”\nname ＝ "y"', 1, "全角的引号"),
        ('id = "x"\nname ＝ "y"', 2, "全角的等号"),
        ('id = "x"\nname = "y', 2, "引号"),
        ('id = "x"\nid = "y"', 2, "写了两次"),
        ('id = "x" name = "y"', 1, "一行只写一项"),
        ('sheets = ["表二",\n"表三"', 2, "方括号没有配对"),
        ("[changes]\ndo = 1\n[changes]\n", 3, "写了两次"),
        ("［changes］\n", 1, "全角的方括号"),
    ],
)
def test_what_is_no_toml_is_explained_by_line(text, line, said, tmp_path):
    with pytest.raises(EditionError) as told:
        examine(written(tmp_path, text))
    assert any(f.line == line and said in f"{f.what}，{f.how}" for f in told.value.told), told.value


def test_a_file_in_another_encoding_and_an_unknown_base_are_told(tmp_path):
    path = tmp_path / "gbk.toml"
    path.write_bytes(HEAD.encode("gbk"))
    with pytest.raises(EditionError, match="UTF-8"):
        examine(str(path))
    with pytest.raises(EditionError, match=r"第2行（extends）：没有“202”这个格式"):
        examine(written(tmp_path, HEAD.replace("2021", "202")))


def test_an_edition_may_extend_a_file_that_lies_beside_it(tmp_path, monkeypatch):
    (tmp_path / "县").mkdir()
    written(tmp_path / "县", HEAD, "市.toml")
    mine = written(tmp_path / "县", HEAD.replace('"2021"', '"市.toml"').replace('"x"', '"y"'), "县.toml")
    monkeypatch.chdir(tmp_path)
    assert load_edition(mine).id == "y"
    written(tmp_path / "县", HEAD + "colour = 1\n", "市.toml")
    _, found = examine(mine)
    assert [f.key for f in found] == ["extends"]
    assert "不认识 colour" in found[0].what


def test_a_variant_cannot_hide_its_deviations_by_calling_itself_prescribed(tmp_path):
    text = HEAD.replace("variant", "prescribed") + '[[changes]]\ndo = "drop_section"\nsection = "problems"\n'
    edition = load_edition(written(tmp_path, text))
    assert edition.deviations == ("没有“存在的主要问题及改进情况”部分",)


def test_whole_sections_written_out_are_a_deviation_too(tmp_path):
    edition = load_edition(written(tmp_path, HEAD + 'report_title = ["{单位名称}年报"]\n'))
    assert edition.deviations == ("标题与规定格式不同",)


@pytest.mark.parametrize("name", edition_names())
def test_the_shipped_editions_are_of_the_shape_asked_of_others(name):
    """Own files may do whatever the shipped ones do; the shape has nothing less."""
    text = (resources.files("nianbao.form") / "editions" / f"{name}.toml").read_text(encoding="utf-8")
    assert list(check_shape(tomllib.loads(text))) == []


def test_every_change_has_a_shape():
    assert set(CHANGES) == set(SHAPES)


def test_lines_are_those_of_the_file():
    text = 'a = 1\nb = [\n  "x",  # ]\n  "y = 2",\n]\n[[c]]\nd.e = 1\n[c.f]\ng = """\nh = 1\n"""\n'
    text += "[[c.k]]\n[[c.k]]\n[[c]]\nd = 1"
    assert index(text) == {
        ("a",): 1, ("b",): 2, ("c", 0): 6, ("c", 0, "d", "e"): 7, ("c", 0, "f"): 8, ("c", 0, "f", "g"): 9,
        ("c", 0, "k", 0): 12, ("c", 0, "k", 1): 13, ("c", 1): 14, ("c", 1, "d"): 15,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(150))
def test_no_damage_of_a_file_ever_ends_in_anything_but_chinese_faults(seed, tmp_path):
    """Lines dropped, doubled, swapped, words and kinds changed: told, never a traceback, never English prose."""
    rng = random.Random(seed)
    shipped = (resources.files("nianbao.form") / "editions" / "wuping-2022.toml").read_text(encoding="utf-8")
    lines = shipped.replace('id = "wuping-2022"', 'id = "mine"', 1).splitlines()
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(lines))
        way = rng.randrange(6)
        if way == 0:
            del lines[at]
        elif way == 1:
            lines.insert(at, lines[rng.randrange(len(lines))])
        elif way == 2:
            lines[at] = re.sub(
                r'"([^"]*)"', lambda m: rng.choice(['""', "3", "true", "[]", "{}", f'"{m[1]}x"']), lines[at]
            )
        elif way == 3:
            lines[at] = re.sub(r"\d+", lambda m: rng.choice(["-1", "0", '"x"', "99999", "1.5"]), lines[at])
        elif way == 4:
            lines[at] = lines[at].replace("[[", "[").replace("]]", "]")
        else:
            lines[at] = lines[at].replace("=", "", 1)
    path = written(tmp_path, "\n".join(lines))
    try:
        _, found = examine(path)
    except EditionError as e:
        found = e.told
    for fault in found:
        assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", re.sub(r"“[^”]*”", "", str(fault))), str(fault)


def test_the_verb_lists_the_faults_and_says_when_there_are_none(tmp_path, capsys):
    bad = written(tmp_path, HEAD + FAULTS["a table by no id"][0])
    assert main(["editions", "check", bad]) == 1
    out = capsys.readouterr().out
    assert "有 1 处错误" in out
    assert "第7行（[[changes]] 第1项的 table）" in out
    assert "改法：是不是“proactive（表二）”" in out
    assert main(["editions", "check", bad, "--format", "json"]) == 1
    (told,) = json.loads(capsys.readouterr().out)["faults"]
    assert told == {
        "line": 7, "key": "[[changes]] 第1项的 table",
        "message": "没有 id 为“表二”的表", "how": "是不是“proactive（表二）”",
    }  # fmt: skip
    good = written(tmp_path, HEAD, "好.toml")
    assert main(["editions", "check", good]) == 0
    assert "没有错误" in capsys.readouterr().out
    assert main(["editions", "check", str(tmp_path / "没有.toml")]) == 2
    assert main(["editions", "check"]) == 2


def test_an_edition_whose_rule_names_no_known_check_is_told_too(tmp_path, capsys):
    text = FAULTS["a rule without basis"][0].replace('basis = ""', 'basis = "b"').replace("numbers_are_proper", "magic")
    assert main(["editions", "check", written(tmp_path, HEAD + text)]) == 1
    assert "magic 不存在" in capsys.readouterr().out
