"""A table that a variant adds: cut out of another or written in full, an input sheet, each mistake refused."""

import pytest

import reports
from nianbao import pipeline, workbook
from nianbao.form import examine, load_edition
from nianbao.workbook.package_checks import open_package
from nianbao.workbook.read import read_book
from nianbao.workbook.thorough import opened

HEAD = 'id = "own"\nextends = "2021"\nname = "本县格式"\nfrom_year = 2021\n[[changes]]\ndo = "add_table"\n'
CUT = 'like = "requests"\nrows = ["received", "denied.state_secret"]\ncolumns = ["natural_person", "total"]\n'
TABLE = 'table = { id = "counted", word = "另数" }\n'
WHOLE = """[changes.table]
id = "site"
word = "网站数"
sheet = "表四"
title = "网站报表上的数（供核对）"
widths = [3000, 1000]
label_columns = 1
header = [[{ text = "项目" }, { column = "n" }]]
[[changes.table.columns]]
id = "n"
label = "数量"
word = "数量"
[[changes.table.rows]]
id = "all"
labels = ["总数"]
word = "总数"
"""


def written(folder, text):
    path = folder / "own.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    return str(path)


def test_a_table_cut_out_of_another_has_its_ids_and_units_and_a_sheet_of_its_own(tmp_path):
    edition = load_edition(written(tmp_path, CUT + TABLE))
    table = edition.table["counted"]
    assert [v.key for v in table.values] == [
        f"counted.{row}.{c}" for row in ("received", "denied.state_secret") for c in ("natural_person", "total")
    ]
    assert (table.printed, table.help, table.required, table.sheet) == (False, True, False, "另数")
    assert edition.sheets[-1] == "另数"
    assert not any(v.total or v.required for v in table.values)
    assert edition.deviations == ()


def test_columns_left_out_are_those_of_the_rows(tmp_path):
    edition = load_edition(written(tmp_path, 'like = "proactive"\nrows = ["charges"]\n' + TABLE))
    (value,) = edition.table["counted"].values
    assert (value.key, value.kind.value, value.unit) == ("counted.charges.amount", "amount", "万元")


def test_a_table_written_in_full_may_stand_on_a_sheet_there_is(tmp_path):
    edition = load_edition(written(tmp_path, WHOLE))
    assert edition.sheets == load_edition("2021").sheets
    assert edition.table["site"].help


@pytest.mark.parametrize("text", [CUT + TABLE, WHOLE])
def test_both_readers_read_it_and_blank_is_not_zero(text, tmp_path):
    name = written(tmp_path, text)
    edition = load_edition(name)
    own = [v.key for v in edition.values.values() if v.table in ("counted", "site")]
    values = {**reports.zero("2021").values, own[0]: 7}
    report = reports.Report("own", 2025, reports.BODY, values, reports.TEXTS)
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook.build(edition, report))
    quick = pipeline.read(path, name).report
    with opened(open_package(path)) as book:
        assert read_book(book, name).report == quick
    assert {k: quick.values.get(k) for k in own} == {own[0]: 7, **dict.fromkeys(own[1:])}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CUT.replace('"requests"', '"request"') + TABLE, "没有 id 为“request”的表"),
        (CUT.replace("received", "recieved") + TABLE, "“requests”没有 id 为“recieved”的行"),
        (CUT.replace("natural_person", "person") + TABLE, "“requests”没有 id 为“person”的列"),
        ('like = "proactive"\nrows = ["licences"]\ncolumns = ["issued"]\n' + TABLE, "的行“licences”没有 id 为“issued”"),
        ('like = "proactive"\nrows = []\n' + TABLE, "没有写要哪几行、哪几列"),
        (CUT + TABLE.replace("counted", "fee"), "已经有 id 为“fee”的表"),
        (CUT + TABLE.replace("另数", "表二"), "表的官方名称 表二 重复"),
        (CUT + TABLE.replace("}", ', sheet = "a/b" }'), "工作表名称“a/b”Excel 不能用"),
        (CUT + TABLE.replace("}", ', sheet = "基本信息" }'), "工作表“基本信息”是填报表自己的"),
        (CUT + TABLE.replace("}", ", printed = true }"), "表 counted 应当在报告中恰好出现一次"),
        (TABLE, "没有写 widths"),
        (CUT, "缺少 table"),
        (WHOLE.replace('column = "n"', 'column = "m"'), "表 site 没有 id 为 m 的列"),
        (CUT + TABLE.replace("word", "wort"), "不认识 wort"),
    ],
)  # fmt: skip
def test_each_mistake_is_a_fault_with_its_line(text, said, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    _, faults = pipeline.examine_edition(path)
    assert any(said in str(f) for f in faults), faults
    assert all(f.line for f in faults if "add_table" in str(f.path))


def test_a_rule_that_compares_other_cells_is_refused(tmp_path):
    rule = "\n".join(f'{k} = "甲"' for k in ("name", "statement", "basis", "why", "mend", "kept", "broken"))
    text = (
        CUT
        + TABLE
        + f'[[rules]]\nid = "X1"\nclass = "explain"\n{rule}\nequal = {{ left = "counted", right = "review" }}\n'
    )
    _, faults = examine(written(tmp_path, text))
    assert any("counted.received.natural_person 在表 review 中没有对应的格子" in str(f) for f in faults)


def test_ten_lines_are_enough_and_what_the_rule_does_not_say_is_said_for_it(tmp_path):
    more = '[[rules]]\nid = "X1"\nname = "两处一致"\nclass = "{}"\nequal = {{ left = "counted", right = "requests" }}\n'
    assert len((HEAD + CUT + TABLE + more).splitlines()) - 4 <= 11  # ten without columns
    rule = load_edition(written(tmp_path, CUT + TABLE + more.format("explain"))).rule["X1"]
    assert rule.statement == "另数填了的，与表三里同一行、同一列的数相等"
    assert rule.mend == "核对另数与表三，改正填错的一处；都没有错的，写明原因。"
    assert all((rule.basis, rule.why, rule.kept, rule.broken))
    strict = tmp_path / "strict.toml"
    strict.write_text(HEAD + CUT + TABLE + more.format("error") + 'basis = "县规定"\n', encoding="utf-8")
    rule = load_edition(str(strict)).rule["X1"]
    assert (rule.mend, rule.basis) == ("核对另数与表三，改正填错的一处。", "县规定")


@pytest.mark.parametrize(
    ("equal", "said"),
    [
        ('{ left = "counted", right = "none" }', "规则 X1 指的表 none 不存在"),
        ('{ left = "counted" }', "规则 X1 指的表  不存在"),
    ],
)
def test_a_comparison_with_no_table_is_refused_for_that(equal, said, tmp_path):
    text = f'{CUT}{TABLE}[[rules]]\nid = "X1"\nname = "n"\nclass = "explain"\nequal = {equal}\n'
    _, faults = examine(written(tmp_path, text))
    assert any(said in str(f) for f in faults), faults
