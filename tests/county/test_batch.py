"""What a run does with what people do between runs."""

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from county import towns
from nianbao import workbook
from nianbao.county import desk_json, produce
from nianbao.county import store as stores
from nianbao.county.model import Status
from nianbao.county.names import Names
from nianbao.errors import OutputError
from nianbao.form import load_edition

EAST = "示例东镇人民政府"


def desk(out):
    return desk_json.loads((out / "desk.json").read_text(encoding="utf-8"))


def run(folder, *more):
    beside = ("--roster", folder / "名册.xlsx", "--workers", 1)
    return towns.run("batch", folder / "收到", "-o", folder / "结果", *beside, *more)


def state(folder, name=EAST):
    return next(b for b in desk(folder / "结果").bodies if b.member.name == name)


def shown_in_the_detail(folder):
    """The state of the first body as the detail workbook tells it."""
    (path,) = (folder / "结果" / "汇总").glob("*明细.xlsx")
    return next(r[2] for r in load_workbook(path)["明细"].iter_rows(values_only=True) if r[0] == EAST)


def test_a_clean_county_exits_0_and_gets_its_own_workbook(tmp_path):
    towns.write_whole(tmp_path)
    assert run(tmp_path) == 0
    told = desk(tmp_path / "结果")
    assert {b.status for b in told.bodies} == {Status.DONE}
    assert workbook.read(tmp_path / "结果" / told.files["rollup"]).report.name == "示例县人民政府"
    assert "示例东镇" in (tmp_path / "结果" / "总览.html").read_text(encoding="utf-8")


def test_a_report_that_turns_out_wrong_is_put_aside_with_the_countys_workbook_and_comes_back_when_mended(tmp_path):
    towns.write_whole(tmp_path)
    run(tmp_path)
    good = state(tmp_path).files["docx"]
    report = towns.whole()[1][EAST]
    blank = {k: v for k, v in report.values.items() if k != "proactive.penalties.decisions"}
    towns.write_whole(tmp_path, **{EAST: replace(report, values=blank)})
    assert run(tmp_path) == 1
    assert state(tmp_path).status is Status.WRONG
    assert not (tmp_path / "结果" / good).exists()
    assert (tmp_path / "结果" / "以前的结果" / good).exists()
    assert not list((tmp_path / "结果" / "汇总").glob("*填报表.xlsx"))
    towns.write_whole(tmp_path)
    assert run(tmp_path) == 0
    assert (tmp_path / "结果" / good).exists()
    assert not list((tmp_path / "结果" / "退回单").glob("*"))


def test_a_report_edited_in_word_is_never_lost(tmp_path):
    towns.write_whole(tmp_path)
    run(tmp_path)
    made = tmp_path / "结果" / state(tmp_path).files["docx"]
    made.write_bytes(b"edited in Word")
    run(tmp_path)
    assert made.read_bytes() != b"edited in Word"
    assert made.with_name(f"{made.stem}（原文件1）.docx").read_bytes() == b"edited in Word"


def test_only_what_changed_is_done_again(tmp_path, capsys):
    towns.write_whole(tmp_path)
    run(tmp_path)
    report = towns.whole()[1][EAST]
    towns.write_whole(tmp_path, **{EAST: replace(report, body={**report.body, "phone": "0597-7654321"})})
    capsys.readouterr()
    run(tmp_path)
    assert "本次新读 1 份，新生成 1 个单位的文件" in capsys.readouterr().out


def test_a_report_that_could_not_be_written_is_named_and_tried_again(tmp_path, capsys, monkeypatch):
    towns.write_whole(tmp_path)

    def open_in_word(folder, path, data, owned):
        if path.startswith("报告/示例东镇"):
            raise OutputError(f"“{path}”写不进去：文件可能正在 Word 中打开")
        return stores.deliver(folder, path, data, owned)

    with monkeypatch.context() as patch:
        patch.setattr(produce, "deliver", open_in_word)
        assert run(tmp_path) == 1
    assert "没有办成：示例东镇：“报告/示例东镇" in capsys.readouterr().out
    assert state(tmp_path).status is Status.RECEIVED
    assert "正在 Word 中打开" in state(tmp_path).note
    assert shown_in_the_detail(tmp_path) == "收到"
    assert run(tmp_path) == 0
    assert shown_in_the_detail(tmp_path) == "完成"
    assert (tmp_path / "结果" / state(tmp_path).files["docx"]).is_file()


def test_a_reason_typed_into_the_annotated_workbook_settles_alike_texts(tmp_path):
    texts = towns.whole()[1]["示例南镇人民政府"].texts
    report = towns.whole()[1][EAST]
    figures = towns.whole()[1]["示例南镇人民政府"].values
    towns.write_whole(tmp_path, **{EAST: replace(report, texts=texts, values=figures)})
    assert run(tmp_path) == 1
    for name in (EAST, "示例南镇人民政府"):
        told = state(tmp_path, name)
        assert told.status is Status.UNEXPLAINED
        assert [f.rule for f in told.findings if f.blocks] == ["G5"]
        book = load_workbook(tmp_path / "结果" / told.files["annotated"])
        sheet = book["校验结果"]
        (row,) = [r for r in sheet.iter_rows() if r[2].value == "G5"]
        row[6].value = "两镇由同一工作组统一部署，做法相同"
        book.save(tmp_path / "收到" / f"{told.member.short}.xlsx")
    assert run(tmp_path) == 0
    assert state(tmp_path).findings[-1].explanation == "两镇由同一工作组统一部署，做法相同"


def test_a_county_report_among_the_files_is_compared_with_the_sum(tmp_path):
    towns.write_whole(tmp_path)
    by_name = towns.whole()[1]
    office = by_name["示例县人民政府办公室"]
    whole = replace(office, body={**office.body, "name": "示例县人民政府", "level": "county"})
    (tmp_path / "收到" / "全县.xlsx").write_bytes(workbook.build(load_edition("2021"), whole))
    assert run(tmp_path) == 1
    told = desk(tmp_path / "结果")
    assert {f.rule for f in told.findings if f.blocks} == {"G3"}
    assert state(tmp_path, office.name).findings[-1].rule == "G6"


def test_two_bodies_of_one_name_get_two_files(tmp_path):
    delivered = tmp_path / "收到"
    delivered.mkdir()
    report = towns.whole()[1][EAST]
    for county in ("甲县", "乙县"):
        data = workbook.build(load_edition("2021"), replace(report, body={**report.body, "county": county}))
        (delivered / f"{county}.xlsx").write_bytes(data)
    towns.run("batch", delivered, "-o", tmp_path / "o", "--workers", 1)
    assert len({b.files["docx"] for b in desk(tmp_path / "o").bodies}) == 2
    assert len(list((tmp_path / "o" / "报告").glob("*.docx"))) == 2


@pytest.mark.parametrize("pair", [("a:b", "ab"), ("ABC", "abc"), ("", "  "), ("CON", "_con")])
def test_names_that_are_one_file_on_windows_are_told_apart(pair):
    names = Names()
    first, second = (names.unique(n) for n in pair)
    assert first.casefold() != second.casefold()


def test_an_empty_folder_is_told(tmp_path, capsys):
    (tmp_path / "收到").mkdir()
    assert towns.run("batch", tmp_path / "收到", "-o", tmp_path / "o") == 2
    assert "没有一份能读的填报表" in capsys.readouterr().err
    assert towns.run("batch", tmp_path / "没有", "-o", tmp_path / "o") == 2
