"""What a run does with what people do between runs."""

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from county import towns
from nianbao import workbook
from nianbao.county import desk_json
from nianbao.county.keeping import own_files
from nianbao.county.keeping import store as stores
from nianbao.county.keeping.file_names import FileNames
from nianbao.county.model import Status
from nianbao.county.roster.roster_book import read_roster
from nianbao.county.run import batch, bulk_formats, produce
from nianbao.county.run.collect import Wish
from nianbao.county.run.produce import Making, Order
from nianbao.county.run.runners import Failure, here
from nianbao.county.totals import alike
from nianbao.errors import OutputError
from nianbao.form import load_edition
from nianbao.pipeline import OUTPUTS, Late

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


def directly(folder, runner=here, last_year=None, **wish):
    """A run with a runner of one's own."""
    roster = read_roster(folder / "名册.xlsx", load_edition("2021"))
    with stores.opened(folder / "结果") as store:
        return batch.run(store, [folder / "收到"], roster, Wish(**wish), runner, last_year=last_year)


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
            raise OutputError(f"“{path}”无法写入：文件可能正在 Word 中打开")
        return own_files.deliver(folder, path, data, owned)

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
    names = FileNames()
    first, second = (names.unique(n) for n in pair)
    assert first.casefold() != second.casefold()


def test_an_empty_folder_is_told(tmp_path, capsys):
    (tmp_path / "收到").mkdir()
    assert towns.run("batch", tmp_path / "收到", "-o", tmp_path / "o") == 2
    assert "没有能读取的填报表" in capsys.readouterr().err
    assert towns.run("batch", tmp_path / "没有", "-o", tmp_path / "o") == 2


def test_where_nothing_can_be_read_the_reasons_are_told(tmp_path, capsys):
    for name in ("甲.xls", "乙.et", "丙.ods", "丁.xlsb"):
        (tmp_path / "收到" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "收到" / name).write_bytes(b"x")
    assert towns.run("batch", tmp_path / "收到", "-o", tmp_path / "o") == 2
    told = capsys.readouterr().err
    assert told.count("另存为 Excel 工作簿（.xlsx）") == 3
    assert told.rstrip().endswith("等，共 4 个文件。")
    assert not (tmp_path / "o").exists()


def test_what_a_lost_worker_had_in_hand_is_named_and_the_countys_books_are_made_all_the_same(tmp_path):
    def losing(function, jobs):
        for job in jobs:
            lost = isinstance(function, Making) and (not isinstance(job, Order) or job.member["name"] == EAST)
            yield job, Failure("程序异常退出") if lost else function(job)

    towns.write_whole(tmp_path)
    outcome = directly(tmp_path, losing)
    assert outcome.faults == ("示例东镇：程序异常退出",)
    assert not outcome.clean
    assert outcome.made_now == len(towns.whole()[0]) - 1
    assert state(tmp_path).status is Status.RECEIVED
    assert shown_in_the_detail(tmp_path) == "收到"
    assert workbook.read(tmp_path / "结果" / desk(tmp_path / "结果").files["rollup"]).report.name == "示例县人民政府"


def test_slow_formats_are_made_in_groups_and_every_body_gets_its_own(tmp_path, monkeypatch):
    sizes = []

    def converted(jobs):
        sizes.append(len(jobs))
        return [Late({".pdf": checked.reading.report.name.encode()}) for checked, _ in jobs]

    monkeypatch.setattr(bulk_formats, "OUTPUTS", {**OUTPUTS, "pdf": replace(OUTPUTS["pdf"], make_all=converted)})
    monkeypatch.setattr(bulk_formats, "GROUP", 3)
    towns.write_whole(tmp_path)
    assert directly(tmp_path, formats=("json", "pdf")).clean
    assert sizes == [3, 3, 1]
    for body in desk(tmp_path / "结果").bodies:
        assert (tmp_path / "结果" / body.files["pdf"]).read_bytes().decode() == body.member.name
        assert (tmp_path / "结果" / body.files["json"]).is_file()


def test_a_county_in_order_from_which_no_format_is_wanted_is_only_summed(tmp_path):
    towns.write_whole(tmp_path)
    outcome = directly(tmp_path, formats=())
    assert outcome.clean
    assert outcome.made_now == 0
    assert {p.split("/")[0] for p in towns.produced(tmp_path / "结果")} == {
        "desk.json",
        "总览.html",
        "情况一览.xlsx",
        "汇总",
    }


def test_of_more_bodies_than_a_county_has_some_texts_are_not_compared_and_the_page_is_made(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(alike, "MOST", 3)
    towns.write_whole(tmp_path)
    assert run(tmp_path) == 0
    (found,) = [f for f in desk(tmp_path / "结果").findings if f.rule == "G5"]
    assert "“示例县”有 7 个单位，只逐对比较了前 3 个的文字" in found.message
    assert (tmp_path / "结果" / "总览.html").read_text(encoding="utf-8").count('class="body"') == 7
    assert "先看其中的“总览.html”" in capsys.readouterr().out


def test_a_file_taken_away_before_it_could_be_sent_is_named_at_its_body(tmp_path):
    def taken_away(function, jobs):
        (tmp_path / "收到" / "示例东镇.xlsx").unlink(missing_ok=True)
        yield from here(function, jobs)

    towns.write_whole(tmp_path)
    assert not directly(tmp_path, taken_away, send_files=True).clean
    assert state(tmp_path).status is Status.UNREADABLE
    assert "“示例东镇.xlsx”打不开" in state(tmp_path).note


def test_a_workbook_taken_away_before_it_was_annotated_is_named_and_the_slip_is_made(tmp_path):
    def taken_away(function, jobs):
        for job in jobs:
            if isinstance(function, Making):
                (tmp_path / "收到" / "示例东镇.xlsx").unlink(missing_ok=True)
            yield job, function(job)

    towns.write_whole(tmp_path)
    report = towns.whole()[1][EAST]
    blank = {k: v for k, v in report.values.items() if k != "proactive.penalties.decisions"}
    towns.write_whole(tmp_path, **{EAST: replace(report, values=blank)})
    (fault,) = directly(tmp_path, taken_away).faults
    assert fault.startswith("示例东镇：“示例东镇.xlsx”打不开")
    assert set(state(tmp_path).files) == {"slip"}


def test_without_a_readable_file_the_edition_of_the_year_asked_for_is_used(tmp_path):
    towns.write_whole(tmp_path)
    for path in (tmp_path / "收到").iterdir():
        path.write_bytes(b"PK")
    assert run(tmp_path, "--year", 2020) == 1
    told = desk(tmp_path / "结果")
    assert (told.year, told.edition) == (2020, "2019")
    assert {b.status for b in told.bodies} == {Status.UNREADABLE}


def test_what_the_county_carried_over_last_year_is_compared_with_this_years_beginning(tmp_path):
    towns.write_whole(tmp_path)
    east = towns.whole()[1][EAST]
    key = "requests.pending_end.natural_person"
    last = replace(east, year=2024, values={**east.values, key: 999})
    findings = directly(tmp_path, last_year=last).desk.findings
    assert any("999" in f.message for f in findings if f.rule == "G4")


def test_an_edition_file_that_is_not_there_is_told_before_anything_is_read(tmp_path, capsys):
    towns.write_whole(tmp_path)
    assert run(tmp_path, "--edition", tmp_path / "没有.toml") == 2
    assert "文件打不开" in capsys.readouterr().err
    assert not (tmp_path / "结果" / "报告").exists()
