"""The shipped editions say what the form prescribes, and a faulty edition does not load."""

import dataclasses
import os
import pickle
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from nianbao.errors import EditionError
from nianbao.form import CellKind, edition_names, load_edition, plain
from nianbao.form.loader import number

EDITIONS = Path(__file__).parents[2] / "automation" / "nianbao" / "form" / "editions"
SECTIONS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]


@pytest.mark.parametrize("name", ["2021", "2019"])
def test_the_prescribed_sections_are_verbatim(name):
    assert [s.title for s in load_edition(name).sections] == SECTIONS


def test_the_county_variant_has_seven_sections_and_says_how_it_deviates():
    edition = load_edition("wuping-2022")
    assert [s.title for s in edition.sections] == [
        *SECTIONS[:4],
        "五、信息处理费收取情况",
        "六、存在的主要问题及改进情况",
        "七、其他需要报告的事项",
    ]
    assert edition.deviations == (
        "表二没有“规章”一行",
        "表三“（六）其他处理”的3行并为1行",
        "增加了“信息处理费收取情况”部分",
    )


@pytest.mark.parametrize(
    ("name", "rows", "values"),
    [
        ("2021", (14, 28, 4), (10, 175, 15)),
        ("2019", (18, 26, 4), (22, 161, 15)),
        ("wuping-2022", (13, 26, 4), (7, 161, 15)),
    ],
)
def test_the_tables_have_the_prescribed_rows_and_values(name, rows, values):
    edition = load_edition(name)
    tables = [edition.table[t] for t in ("proactive", "requests", "review")]
    assert tuple(t.rows for t in tables) == rows
    assert tuple(len(t.values) for t in tables) == values


def test_spans_of_labels_follow_from_the_rows_below_them():
    spans = {plain(c.text): (c.rows, c.columns) for c in load_edition("2021").table["requests"].cells if c.text}
    assert spans["三、本年度办理结果"] == (22, 1)
    assert spans["（三）不予公开"] == (8, 1)
    assert spans["（六）其他处理"] == (3, 1)
    assert spans["（一）予以公开"] == (1, 2)
    assert spans["四、结转下年度继续办理"] == (1, 3)
    variant = {plain(c.text): (c.rows, c.columns) for c in load_edition("2019").table["requests"].cells if c.text}
    assert variant["三、本年度办理结果"] == (20, 1)
    assert variant["（六）其他处理"] == (1, 2)


@pytest.mark.parametrize("name", edition_names())
def test_every_rule_has_a_basis_and_every_total_a_rule(name):
    edition = load_edition(name)
    assert all(r.basis for r in edition.rules)
    assert {k for k, v in edition.values.items() if v.total} == set(edition.sums)


@pytest.mark.parametrize("name", edition_names())
def test_cell_keys_are_as_the_contract_says(name):
    edition = load_edition(name)
    for key in (
        "requests.received.natural_person",
        "requests.not_processed.reconfirmation.legal_service",
        "review.post_reconsideration_litigation.pending",
        "fee.processing_fee.amount_notified",
    ):
        assert key in edition.values
    assert all(re.fullmatch(r"[a-z_0-9]+(\.[a-z_0-9]+)+", k) for k in edition.values)


@pytest.mark.parametrize(
    ("index", "numeral"), [(0, "一"), (6, "七"), (9, "十"), (10, "十一"), (19, "二十"), (20, "二十一")]
)
def test_section_numbers_are_chinese_numerals(index, numeral):
    assert number(index) == numeral


RULE = (
    '[[rules]]\nid="X1"\nname="n"\nclass="error"\nstatement="s"\nbasis="b"\nwhy="w"\nmend="m"\nkept="k"\nbroken="b"\n'
)

FAULTS = {
    "a rule that names an unknown row": (
        RULE + 'sum={table="requests",each="column",left=["nothing"],right=["total"]}',
        "nothing 没有选中任何格子",
    ),
    "a rule that names an unknown table": (
        RULE + 'check="numbers_are_proper"\nselect={table="nowhere"}',
        "指的表 nowhere 不存在",
    ),
    "a rule without basis": (
        RULE.replace('basis="b"', 'basis=" "') + 'check="numbers_are_proper"\nselect={}',
        "X1 缺少 basis",
    ),
    "a rule that does not say how it is checked": (
        RULE,
        "没有说明怎样核对",
    ),
    "a rule id given twice": (
        RULE.replace('"X1"', '"A1"') + 'check="numbers_are_proper"\nselect={}',
        "规则 A1 重复",
    ),
    "a total that no rule guards": ('[[changes]]\ndo="drop_rule"\nrule="A4"', "没有规则核对"),
    "two cells at one address": (
        '[[changes]]\ndo="replace_table"\ntable="fee"\n[changes.with]\nid="fee"\nword="信息处理费"\nsheet="信息处理费"\n'
        'printed=false\nwidths=[1,1]\nlabel_columns=1\ncolumns=[{id="notices",label="a",word="a"},'
        '{id="amount_notified",label="b",word="b"},{id="amount_received",label="c",word="c"}]\n'
        'rows=[{id="processing_fee",labels=["x"],word="信息处理费"}]',
        "两个格子",
    ),
    "a row id given twice": (
        '[[changes]]\ndo="add_row"\ntable="requests"\nafter="received"\n'
        'row={id="received",labels=["新增"],word="新增"}',
        "格子 requests.received.natural_person 重复",
    ),
    "a change of something that is not there": ('[[changes]]\ndo="drop_row"\ntable="requests"\nrow="nobody"', "nobody"),
    "an unknown change": ('[[changes]]\ndo="explode"', "explode"),
    "an unknown key": ('colour = "red"', "不认识 colour"),
    "a section without table or text": (
        '[[changes]]\ndo="add_section"\nafter="review"\nsection={id="x",heading="新部分"}',
        "应当有一个 text 或一个 table",
    ),
    "broken TOML": ("id = ", "不是正确的 TOML"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_edition_is_refused(fault, tmp_path):
    text, said = FAULTS[fault]
    path = tmp_path / "faulty.toml"
    path.write_text(f'id = "faulty"\nextends = "2021"\nstatus = "variant"\n{text}\n', encoding="utf-8")
    with pytest.raises(EditionError, match=re.escape(said)):
        load_edition(str(path))


def test_every_fault_is_told_at_once(tmp_path):
    path = tmp_path / "faulty.toml"
    path.write_text('id = "f"\nextends = "2021"\nstatus = "strange"\ncolour = 1\nsheets = ["表二"]\n', encoding="utf-8")
    with pytest.raises(EditionError) as told:
        load_edition(str(path))
    assert len(told.value.problems) > 3


def test_a_missing_file_and_an_endless_chain_are_told(tmp_path):
    with pytest.raises(EditionError, match="打不开"):
        load_edition(str(tmp_path / "none.toml"))
    with pytest.raises(EditionError, match="没有这个格式"):
        load_edition("2035")
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_text(f'id="one"\nextends="{two.as_posix()}"\n', encoding="utf-8")
    two.write_text(f'id="two"\nextends="{one.as_posix()}"\n', encoding="utf-8")
    with pytest.raises(EditionError, match="互相引用"):
        load_edition(str(one))


def test_every_cell_of_every_table_is_printed_once():
    for name in edition_names():
        for table in load_edition(name).tables:
            places = [
                (r, c)
                for cell in table.cells
                for r in range(cell.row, cell.row + cell.rows)
                for c in range(cell.column, cell.column + cell.columns)
            ]
            assert len(places) == len(set(places)) == table.rows * len(table.widths)
            assert {c.key for c in table.cells if c.kind is CellKind.VALUE} == {v.key for v in table.values}


@pytest.mark.parametrize("name", edition_names())
def test_no_rule_is_both_mandatory_and_open_to_a_reason(name):
    assert not [r.id for r in load_edition(name).rules if r.explainable and r.severity != "explain"]
    sources = [tomllib.loads(f.read_text(encoding="utf-8")) for f in EDITIONS.glob("rules*.toml")]
    assert not [r["id"] for source in sources for r in source.get("rules", ()) if "explainable" in r]


def test_an_edition_is_the_same_key_in_another_process():
    """The hash of a text differs from process to process, so it must not travel with what is handed over."""
    edition = load_edition("2021")
    other = dataclasses.replace(edition, rules=edition.rules[:-1])
    assert hash(edition) != hash(other), "one id, another form"
    script = "import pickle, sys; e = pickle.load(sys.stdin.buffer); print(e in {type(e)(**vars(e)): 1})"
    handed = pickle.dumps(edition)
    run = [sys.executable, "-c", script]
    done = subprocess.run(run, input=handed, capture_output=True, check=True, env=os.environ | {"PYTHONHASHSEED": "7"})
    assert done.stdout.split() == [b"True"]
