"""Reading registers as offices have them: columns, encodings, days, words; what is not sure is never taken."""

import datetime
import time
import tracemalloc
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from nianbao import pipeline
from nianbao.errors import InputError
from nianbao.form import edition_names, load_edition
from nianbao.register import read, register_rows, vocabulary
from nianbao.register.model import OPEN, EntryState
from nianbao.register.values import Matcher, day_of
from register import registers

EDITION = load_edition("2021")
DAY = datetime.date(2025, 3, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "2025-3-1", "2025.3.1", "2025/03/01", "2025年3月1日", " ２０２５－０３－０１ ", "2025年03月01", "20250301",
        20250301, 45717, 45717.0, 45717.75, "45717", '="2025-3-1"', "2025-03-01 10:22", "2025-03-01T10:22:33",
        datetime.datetime.combine(DAY, datetime.time(9)), DAY, "2025 年 3 月 1 日", "2025. 3. 1",
    ],
)  # fmt: skip
def test_a_day_is_understood_as_people_type_it(typed):
    assert day_of(typed).value == DAY


@pytest.mark.parametrize(
    "typed",
    [
        "25.3.1", "3/1/2025", "2025-3", "3月1日", "2025-2-30", "去年", True, 12, 3.5, "1999-1-1", "2025-3-1或3-2",
        "2205-3-1", "#N/A", datetime.time(9), 10**30, "9" * 400,
    ],
)  # fmt: skip
def test_a_day_that_may_be_another_is_not_taken(typed):
    assert day_of(typed).state is EntryState.UNKNOWN


@pytest.mark.parametrize("typed", [None, "", " ", "-", "—", "/", "无"])
def test_no_day_is_blank(typed):
    assert day_of(typed).state is EntryState.BLANK


@pytest.mark.parametrize("name", edition_names())
def test_every_official_label_short_word_and_number_of_a_result_is_known(name):
    edition = load_edition(name)
    matcher = Matcher(edition, vocabulary.load(None, edition))
    for value in edition.table["requests"].values:
        if value.row in vocabulary.result_rows(edition):
            group, label = value.labels[-3], value.labels[-2]
            ways = [label, value.words[0], label.lstrip("123456789."), label.replace("（", "(").replace("）", ")")]
            ways += [f"{group}-{label}", f"{group[:3]}{label[:1]}"] if group.startswith("（") else []
            assert {matcher.result_of(w).value for w in ways} == {value.row}


@pytest.mark.parametrize(
    ("typed", "state"),
    [("不予公开", EntryState.GROUP), ("（四）无法提供", EntryState.GROUP), ("其他处理", EntryState.GROUP),
     ("已处理", EntryState.UNKNOWN),
     ("公开", EntryState.UNKNOWN), ("总计", EntryState.UNKNOWN), ("重复", EntryState.UNKNOWN),
     ("本年新收", EntryState.UNKNOWN),
     (3, EntryState.UNKNOWN), ("", EntryState.BLANK), ("/", EntryState.BLANK)],
)  # fmt: skip
def test_a_result_that_may_be_several_or_is_none_is_not_taken(typed, state):
    assert Matcher(EDITION, vocabulary.load(None, EDITION)).result_of(typed).state is state


def test_types_and_unanswered_are_known_by_official_words_and_listed_names_only():
    matcher = Matcher(EDITION, vocabulary.load(None, EDITION))
    for word, column in registers.SPOKEN_TYPES.items():
        assert matcher.type_of(word).value == column
    for word in ("法人", "法人或其他组织", "社会团体", "总计", "村民", 5):
        assert matcher.type_of(word).state is EntryState.UNKNOWN
    assert matcher.result_of("办理中").value == OPEN
    assert matcher.answered_on("办理中").state is EntryState.BLANK


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_a_csv_is_read_in_every_encoding_and_with_every_mark(tmp_path, encoding, mark):
    rng = registers.seeded(1)
    drawn = registers.applications(rng, 30)
    path = registers.write_csv(tmp_path / "台账.csv", registers.table(drawn, rng), encoding, mark)
    found = read.read(path, EDITION)
    assert [(a.received.value, a.answered.value) for a in found.applications] == [(d[0], d[2]) for d in drawn]
    assert [a.row for a in found.applications] == list(range(2, 32))


def test_lines_above_the_titles_other_columns_and_their_order_make_no_difference(tmp_path):
    rows = [
        ("某局依申请公开登记表",), (), ("填表人：某某", None, "2025年"),
        ("序号", "处理结果\n（必选）", "申请人姓名", "申请人类别*", "受理日期", "办结时间", "收件编号"),
        (1, "予以公开", "某", "公民", "2025-1-2", "2025-1-9", "甲1"),
        (2, None, None, None, None, None, None),
        ("序号", "处理结果\n（必选）", "申请人姓名", "申请人类别*", "受理日期", "办结时间", "收件编号"),
        (3, "部分公开", "某", "企业", "2025-2-2", "2025-2-9", "甲1"),
        ("合计", None, None, None, None, None, "2件"),
    ]  # fmt: skip
    found = read.read(registers.write_xlsx(tmp_path / "台账.xlsx", rows, title="Sheet1"), EDITION)
    assert [(a.row, a.applicant.value, a.result.value) for a in found.applications] == [
        (5, "natural_person", "full_grant"),
        (8, "business", "partial_grant"),
    ]
    assert found.doubled == ((5, 8),)


def test_titles_may_stand_in_two_lines_with_some_merged_over_both(tmp_path):
    rows = [
        ("某县依申请公开台账",),
        ("序号", "收到日期", "申请人", None, "办理情况", None),
        (None, None, "申请人类型", "姓名", "答复日期", "处理结果"),
        (1, "2025-3-1", "自然人", "某", "2025-3-9", "重复申请"),
    ]
    (only,) = read.read(registers.write_xlsx(tmp_path / "台账.xlsx", rows), EDITION).applications
    assert (only.row, only.received.value, only.result.value) == (4, DAY, "not_processed.repeated")


def test_where_two_columns_may_be_meant_the_better_title_is_taken(tmp_path):
    rows = registers.one(受理日期="2024-12-31", 收到时间="2023-1-1")
    (only,) = read.read(registers.write_csv(tmp_path / "台账.csv", rows), EDITION).applications
    assert only.received.value == DAY


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("姓名", "事项"), ("某", "某")], "找不到申请台账的栏目行"),
        ([("收到日期", "申请人类型", "处理结果"), ("2025-1-1", "自然人", "")], "缺少栏目：答复日期"),
        ([("收到日期", "收到日期", "申请人类型", "答复日期", "处理结果")], "A列、B列"),
    ],
)
def test_a_register_without_its_columns_is_refused_with_the_cure(tmp_path, rows, said):
    for path in (registers.write_xlsx(tmp_path / "台账.xlsx", rows), registers.write_csv(tmp_path / "台账.csv", rows)):
        with pytest.raises(InputError, match=said):
            read.read(path, EDITION)


@pytest.mark.parametrize(("name", "data", "said"), [
    ("台账.xls", b"", "另存为 .xlsx 或 .csv"),
    ("台账.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧格式"),
    ("台账.csv", b"\xff\xfe\x00\xd8\x00\xd8", "编码认不出来"),
    ("台账.csv", b"\x81", "编码认不出来"),
    ("台账.csv", b"", "找不到申请台账的栏目行"),
    ("台账.csv", b'"' + b"a" * 1_100_000, "格式有误"),
])  # fmt: skip
def test_a_file_that_is_none_is_refused(tmp_path, name, data, said):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=said):
        read.read(path, EDITION)


def test_a_register_of_more_rows_than_can_be_counted_is_refused_but_not_for_empty_ones(tmp_path, monkeypatch):
    monkeypatch.setattr(register_rows, "MAX_ROWS", 2)
    rows = registers.one()
    for write, name in ((registers.write_csv, "台账.csv"), (registers.write_xlsx, "台账.xlsx")):
        path = write(tmp_path / name, [*rows, (None, "", None, "")])
        assert len(read.read(path, EDITION).applications) == 1
        path = write(tmp_path / name, [*rows, rows[1]])
        with pytest.raises(InputError, match=f"“{name}”超过 2 行，请只留报告年度用得着的申请"):
            read.read(path, EDITION)


def test_a_register_with_rows_beyond_those_of_excel_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(register_rows, "MAX_ROWS", 2)
    monkeypatch.setattr(register_rows, "_EXCEL_ROWS", 3)
    rows = registers.one()
    for write, name in ((registers.write_csv, "台账.csv"), (registers.write_xlsx, "台账.xlsx")):
        path = write(tmp_path / name, [*rows, (None,), rows[1]])
        with pytest.raises(InputError, match=f"“{name}”里有 Excel 没有的行号"):
            read.read(path, EDITION)


def test_a_file_too_large_or_a_folder_is_refused(tmp_path, monkeypatch):
    path = registers.write_csv(tmp_path / "台账.csv", registers.one())
    for name, said in (
        ("夹.csv", "“.*夹.csv”打不开（.+），请关闭"),
        ("对应表.toml", "对应表“.*对应表.toml”打不开（.+）"),
    ):
        folder = tmp_path / name
        folder.mkdir()
        with pytest.raises(InputError, match=said):
            read.read(folder, EDITION) if name.endswith("csv") else read.read(path, EDITION, folder)
    monkeypatch.setattr(register_rows, "MAX_CSV", 10)
    with pytest.raises(InputError, match=r"“台账.csv”有 0 MB，太大，不像一份申请台账"):
        read.read(path, EDITION)


def test_a_form_that_does_not_add_up_requests_takes_no_register(tmp_path):
    rules = tuple(r for r in EDITION.rules if not any(k.startswith("requests.") for k in r.cells))
    path = registers.write_csv(tmp_path / "台账.csv", registers.one())
    with pytest.raises(InputError, match=f"格式“{EDITION.name}”的表三没有各类申请人、各项结果的合计"):
        read.read(path, replace(EDITION, rules=rules))


def test_two_sheets_that_look_alike_are_refused_unless_one_is_called_the_register(tmp_path):
    path = registers.write_xlsx(tmp_path / "台账.xlsx", registers.one(), title="2024")
    book = load_workbook(path)
    for row in registers.one(label="部分公开"):
        (book["2025"] if "2025" in book.sheetnames else book.create_sheet("2025")).append(row)
    book.save(path)
    with pytest.raises(InputError, match="有 2 张工作表都像申请台账"):
        read.read(path, EDITION)
    book["2025"].title = "申请台账"
    book.save(path)
    (only,) = read.read(path, EDITION).applications
    assert only.result.value == "partial_grant"


MAPPING = """
# 本单位的叫法
未办结 = "流转中"
[栏目]
收到日期 = ["申请时间"]
[申请人类型]
自然人 = "村民"
[处理结果]
"1.本机关不掌握相关政府信息" = ["信息不存在", "非本机关公开"]
"""


def test_an_office_gives_its_own_names_in_a_mapping(tmp_path):
    mapping = tmp_path / "对应表.toml"
    mapping.write_text(MAPPING, encoding="utf-8-sig")
    rows = [("申请时间", "申请人类型", "答复日期", "处理结果"), ("2025-3-1", "村民", "2025-3-9", "信息不存在"),
            ("2025-3-1", "自然人", "", "流转中")]  # fmt: skip
    path = registers.write_csv(tmp_path / "台账.csv", rows)
    with pytest.raises(InputError, match="缺少栏目：收到日期"):
        read.read(path, EDITION)
    first, second = read.read(path, EDITION, mapping).applications
    assert (first.received.value, first.applicant.value, first.result.value) == (
        DAY,
        "natural_person",
        "unavailable.not_held",
    )
    assert second.result.value == OPEN


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[栏]\na='b'", "“栏”不认识"),
        ("[栏目]\n日期='b'", "没有“日期”这一项"),
        ("[处理结果]\n不予公开='b'", "没有“不予公开”这一项"),
        ("[处理结果]\n予以公开=3", "后面应是名称"),
        ("[", "写法不对"),
        ("栏目='b'", "应是一组名称"),
    ],
)
def test_a_faulty_mapping_is_refused(tmp_path, text, said):
    mapping = tmp_path / "对应表.toml"
    mapping.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read.read(registers.write_csv(tmp_path / "台账.csv", registers.one()), EDITION, mapping)


def test_a_register_keeps_no_text_that_anybody_typed(tmp_path):
    rng = registers.seeded(2)
    name = registers.NAMES[0]
    misplaced = ("S1", name, name, None, None, None, registers.PHONE, registers.CONTENT, None)
    rows = [*registers.table(registers.applications(rng, 20)), misplaced]
    kept = repr(read.read(registers.write_xlsx(tmp_path / "台账.xlsx", rows), EDITION))
    assert "2025" in kept
    assert not [p for p in registers.PRIVATE if p in kept]


@pytest.mark.soak
def test_twenty_thousand_applications_are_read_in_bearable_time_and_memory(tmp_path):
    drawn = registers.applications(registers.seeded(4), 20_000)
    path = registers.write_xlsx(tmp_path / "台账.xlsx", registers.table(drawn))
    began = time.process_time()
    assert len(read.read(path, EDITION).applications) == 20_000
    assert time.process_time() - began < 30
    tracemalloc.start()
    read.read(registers.write_csv(tmp_path / "台账.csv", registers.table(drawn)), EDITION)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100 * 2**20


def test_a_register_is_told_from_other_workbooks_by_its_titles(tmp_path):
    assert pipeline.is_register(registers.write_xlsx(tmp_path / "台账.xlsx", registers.one()))
    assert not pipeline.is_register(registers.write_xlsx(tmp_path / "别的.xlsx", [("姓名", "电话"), ("甲", "1")]))
