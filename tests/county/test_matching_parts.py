"""Parts of matching alone: the officer's words, files named, copies, what lies beside results, what is joined."""

import json
import os
from dataclasses import replace

import pytest
from openpyxl import Workbook

from county.test_match import ROSTER, file
from nianbao.county.desk.overview import AssignmentWord
from nianbao.county.desk.overview.assignment_column import words
from nianbao.county.intake.candidate import Candidate
from nianbao.county.matching import Answer, Delivered, Whose, assigned, mark
from nianbao.county.matching.assigned import (
    ASSIGNED,
    NOTHING_SAID,
    Assignment,
    RefusedWord,
    assignment,
    keep,
    kept_in,
    settled,
)  # fmt: skip
from nianbao.county.matching.copies import that_count, without_copies
from nianbao.county.matching.name_lookup import HOW, LEAVE, NoBodyError, files_named, meant, word_for
from nianbao.county.matching.summed import Joined, edited, joined
from nianbao.county.model import Member
from nianbao.county.roster import Roster
from nianbao.errors import InputError

OURS = Answer(Whose.OURS, (0,), settled=True)


def one(path, member="", **more):
    """A delivered file; `more` are the words it says of itself."""
    made = file(member or path, "甲镇人民政府")
    return Delivered(Candidate(path, path, member), replace(made.examined, **{"sha256": path + member, **more}))


def settled_for(*files):
    return {mark(f): OURS for f in files}


def kept_and_left(found):
    kept, left = found
    return [d.source.path for d in kept], {d.source.path: why for d, why in left}


def test_what_the_officer_said_is_kept_for_the_next_run(tmp_path):
    assert kept_in(tmp_path) == {}
    keep(tmp_path, NOTHING_SAID)
    assert not (tmp_path / ASSIGNED).exists()
    said = replace(NOTHING_SAID, kept={"b": "乙镇\ntown\n示例县", "a": LEAVE})
    keep(tmp_path, said)
    assert kept_in(tmp_path) == said.kept
    written = (tmp_path / ASSIGNED).read_bytes()
    assert "不采用" in written.decode("utf-8")
    assert list(json.loads(written)) == ["a", "b"]
    before = (tmp_path / ASSIGNED).stat().st_mtime_ns
    keep(tmp_path, said)
    assert (tmp_path / ASSIGNED).stat().st_mtime_ns == before
    keep(tmp_path, NOTHING_SAID)
    assert kept_in(tmp_path) == {}


def test_what_was_kept_and_cannot_be_read_is_refused_by_its_name(tmp_path):
    keep(tmp_path, replace(NOTHING_SAID, kept={"a": LEAVE}))
    (tmp_path / ASSIGNED).write_text("[]", encoding="utf-8")
    assert kept_in(tmp_path) == {}
    (tmp_path / ASSIGNED).write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="请删去后重新运行"):
        kept_in(tmp_path)


@pytest.mark.parametrize(
    ("typed", "file_", "body"),
    [("甲.xlsx=甲镇", "甲.xlsx", "甲镇"), (" a=b.xlsx = 甲镇 ", "a=b.xlsx", "甲镇"), ("甲.xlsx=", "甲.xlsx", "")],
)
def test_a_file_is_given_to_a_body_by_what_stands_behind_the_last_sign(typed, file_, body):
    assert assignment(typed) == Assignment(file_, body)


@pytest.mark.parametrize("typed", ["甲.xlsx", "=甲镇", " =甲镇", ""])
def test_without_a_file_and_a_sign_nothing_is_assigned(typed):
    with pytest.raises(InputError, match="文件=单位"):
        assignment(typed)


def test_the_last_word_holds_and_an_empty_one_takes_it_back(tmp_path):
    files = [one("a.xlsx"), one("b.xlsx")]
    keep(tmp_path, replace(NOTHING_SAID, kept={"a.xlsx": "甲镇人民政府\ntown\n"}))
    said = settled([tmp_path], ROSTER, files, [Assignment("b.xlsx", "乙镇")])
    assert {k: (a.whose, a.places) for k, a in said.answers.items()} == {
        "a.xlsx": (Whose.OURS, (0,)), "b.xlsx": (Whose.OURS, (1,)),
    }  # fmt: skip
    assert all(a.settled for a in said.answers.values())
    assert said.shown == {"a.xlsx": "甲镇人民政府", "b.xlsx": "乙镇人民政府"}
    assert settled([tmp_path], ROSTER, files, [Assignment("a.xlsx", "")]).answers == {}
    refused = settled([tmp_path], ROSTER, files, [Assignment("a.xlsx", LEAVE)])
    assert (refused.answers["a.xlsx"].whose, refused.shown["a.xlsx"]) == (Whose.REFUSED, LEAVE)


def test_without_a_roster_nothing_can_be_assigned():
    assert settled([], None, [one("a.xlsx")], []) == NOTHING_SAID
    with pytest.raises(InputError, match="--roster"):
        settled([], None, [one("a.xlsx")], [Assignment("a.xlsx", "甲镇")])


@pytest.mark.parametrize(
    "said", ["乙镇/报表.xlsx", "./乙镇/报表.xlsx", "乙镇\\报表.xlsx", ".\\乙镇\\报表.xlsx", "报表.xlsx"]
)
def test_a_file_is_named_by_its_path_written_either_way_or_by_its_name_alone(said):
    files = [one("甲镇/填报表.xlsx"), one("乙镇/报表.xlsx")]
    assert files_named(said, files) == [files[1]]


def test_a_file_in_an_archive_is_named_as_it_is_shown_or_by_its_path():
    files = [one("附件.zip", "乙镇/报表.xlsx"), one("附件.zip", "甲镇/填报表.xlsx")]
    for said in ("附件.zip 中的“乙镇/报表.xlsx”", "附件.zip/乙镇/报表.xlsx", "报表.xlsx"):
        assert files_named(said, files) == [files[0]]
    with pytest.raises(InputError, match="收到的文件里没有“附件"):
        files_named("附件.zip", files)


def test_a_path_goes_before_names_and_several_of_one_name_are_asked_about_unless_they_are_the_same():
    above, below = one("报表.xlsx"), one("乙镇/报表.xlsx")
    assert files_named("报表.xlsx", [below, above]) == [above]
    two = [one(f"{n}镇/报表.xlsx") for n in "甲乙丙丁戊"]
    with pytest.raises(InputError, match=r"（甲镇/报表\.xlsx、乙镇/报表\.xlsx、丙镇/报表\.xlsx、丁镇/报表\.xlsx）"):
        files_named("报表.xlsx", two)
    same = [one("甲镇/报表.xlsx", sha256="s"), one("乙镇/报表.xlsx", sha256="s")]
    assert files_named("报表.xlsx", same) == same


def test_a_body_is_meant_by_one_of_its_names_and_called_so_that_it_is_understood():
    assert meant("", ROSTER) == ""
    assert meant(" 不采用 ", ROSTER) == LEAVE
    assert meant("甲镇", ROSTER) == meant("甲镇人民政府", ROSTER) == "甲镇人民政府\ntown\n"
    assert word_for(ROSTER.members[1], ROSTER) == "乙镇人民政府"
    with pytest.raises(NoBodyError, match="名册上没有“丙镇”"):
        meant("丙镇", ROSTER)


def test_the_officers_choice_of_a_published_report_leaves_all_others_out():
    form, pdf, word = one("甲镇.xlsx"), one("甲镇.pdf"), one("甲镇.docx")
    kept, left = kept_and_left(that_count([form], [pdf, word], settled_for(pdf), mark))
    assert kept == ["甲镇.pdf"]
    told = "已定为采用“甲镇.pdf”，这一份没有采用"
    assert left == {"甲镇.xlsx": told, "甲镇.docx": told}


def test_a_form_goes_before_published_reports_and_before_forms_that_were_not_chosen():
    first, second, pdf = one("一.xlsx", digest="1"), one("二.xlsx", digest="2"), one("甲镇.pdf")
    beside = "是成稿，已有填报表“{}”，采用填报表"
    kept, left = kept_and_left(that_count([first, second], [pdf], {}, mark))
    assert kept == ["一.xlsx", "二.xlsx"]
    assert left == {"甲镇.pdf": beside.format("一.xlsx")}
    kept, left = kept_and_left(that_count([first, second], [pdf], settled_for(second, pdf), mark))
    assert kept == ["二.xlsx"]
    assert left == {"一.xlsx": "已定为采用“二.xlsx”，这一份没有采用", "甲镇.pdf": beside.format("二.xlsx")}


def test_of_a_published_report_in_several_kinds_the_one_read_most_surely_counts():
    page, pdf, word = one("甲.html", figures="f"), one("甲.pdf", figures="f"), one("甲.docx", figures="f")
    other = one("乙.html", figures="g")
    kept, left = kept_and_left(that_count([], [page, other, pdf, word], {}, mark))
    assert kept == ["甲.docx", "乙.html"]
    assert left == dict.fromkeys(("甲.pdf", "甲.html"), "与“甲.docx”的数字相同，只计一次")


def test_of_the_same_form_the_one_with_all_reasons_and_last_years_figures_counts():
    def same(path, **more):
        return one(path, digest="d", **more)

    plain, reasoned = same("无.xlsx"), same("有.xlsx", reasons="r1 r2", last="l")
    kept, left = kept_and_left(without_copies([plain, reasoned], {}, mark))
    assert (kept, left) == (["有.xlsx"], {"无.xlsx": "与“有.xlsx”数字、文字相同，没有那一份写的说明，采用那一份"})
    late = same("上年.xlsx", last="l")
    kept, left = kept_and_left(without_copies([plain, late], {}, mark))
    assert (kept, left) == (["上年.xlsx"], {"无.xlsx": "与“上年.xlsx”内容相同，没有那一份的上年数据，采用那一份"})
    two = [same("一.xlsx", reasons="r1"), same("二.xlsx", reasons="r2"), same("三.xlsx", reasons="r1")]
    assert kept_and_left(without_copies(two, {}, mark)) == (
        ["一.xlsx", "二.xlsx"], {"三.xlsx": "与“一.xlsx”内容相同，只计一次"},
    )  # fmt: skip
    twice = [same("一.xlsx"), same("二.xlsx")]
    assert kept_and_left(without_copies(twice, {}, mark)) == (
        ["一.xlsx"], {"二.xlsx": "与“一.xlsx”内容相同，只计一次"},
    )  # fmt: skip


def test_what_lies_beside_results_is_told_by_its_path_from_here(tmp_path, monkeypatch):
    desk = tmp_path / "甲县" / "结果"
    (desk / "明细").mkdir(parents=True)
    data = desk / "data.json"
    for path in (data, desk / "明细" / "总览.html", tmp_path / "甲县" / "别处.html"):
        path.touch()
    found = Delivered(Candidate(str(data), "甲县/结果/data.json"), one("x").examined)
    assert found.beside("明细/总览.html", tmp_path / "全市") == "../甲县/结果/明细/总览.html"
    assert found.beside("明细/总览.html", desk) == "明细/总览.html"
    assert found.beside("没有.html", desk) == ""
    assert found.beside("", desk) == ""
    assert found.beside("../别处.html", desk) == ""
    packed = replace(found, candidate=replace(found.candidate, chain=(("zip", "结果.zip"),)))
    assert packed.beside("明细/总览.html", desk) == ""

    def elsewhere(*_):
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", elsewhere)
    assert found.beside("明细/总览.html", desk) == (desk / "明细" / "总览.html").resolve().as_uri()


def test_a_file_kept_remembers_the_results_its_figures_are_from_and_what_is_one_delivery_with_it():
    form, desk = one("甲.xlsx"), one("data.json", results=True)
    found = Joined()
    found.keep(form, desk)
    found.keep(form, one("又.json", results=True))
    assert found.kept == [form, form]
    assert [d.source.path for d in found.beside[mark(form)]] == ["data.json", "又.json"]
    assert found.results[mark(form)].source.path == "又.json"
    alone = Joined()
    alone.keep(desk, desk)
    assert (alone.kept, alone.results, alone.beside) == ([desk], {mark(desk): desk}, {})


def results_and_forms(files, *chosen):
    found = joined(files, settled_for(*chosen))
    beside = {k: [d.source.path for d in v] for k, v in found.beside.items()}
    return [d.source.path for d in found.kept], [d.source.path for d, _ in found.left], beside


def test_a_form_with_texts_counts_for_the_results_of_the_same_figures_and_else_the_results():
    desk = one("结果/data.json", results=True, figures="f")
    written, bare = one("甲.xlsx", figures="f", texts=True), one("乙.xlsx", figures="f")
    other = one("丙.xlsx", figures="g")
    assert results_and_forms([desk, written, other]) == (
        ["甲.xlsx", "丙.xlsx"], [], {"甲.xlsx": ["结果/data.json"]},
    )  # fmt: skip
    assert results_and_forms([desk, bare]) == (["结果/data.json"], ["乙.xlsx"], {})
    own = one("结果/县.xlsx", figures="f")
    assert results_and_forms([desk, own]) == (["结果/data.json"], [], {"结果/data.json": ["结果/县.xlsx"]})
    again = one("又/data.json", results=True, figures="f")
    assert results_and_forms([desk, again]) == (["结果/data.json"], ["又/data.json"], {})
    assert joined([desk, again], {}).left[0][1] == "与汇总结果“结果/data.json”的数字相同，只计一次"


def test_what_the_officer_settled_is_joined_with_what_was_settled_only():
    desk = one("结果/data.json", results=True, figures="f")
    bare, written = one("乙.xlsx", figures="f"), one("甲.xlsx", figures="f", texts=True)
    kept, left, beside = results_and_forms([desk, bare], bare)
    assert (kept, left, beside) == (["乙.xlsx", "结果/data.json"], [], {"乙.xlsx": ["结果/data.json"]})
    kept, left, beside = results_and_forms([desk, written], desk)
    assert (kept, left, beside) == (["结果/data.json", "甲.xlsx"], [], {})


def test_a_form_among_results_that_says_other_figures_was_edited_later():
    desk = one("结果/data.json", results=True, figures="f")
    assert edited([desk, one("结果/县/表.xlsx")]) == ("结果里的填报表与“结果/data.json”的数字不同，是汇总以后改过的")
    assert edited([desk, one("结果2/表.xlsx")]) == ""
    assert edited([one("结果/表.xlsx")]) == ""


FILES = [one("甲.xlsx"), one("乙.xlsx"), one("包.zip", "丙.xlsx"), one("又甲.xlsx", sha256="甲.xlsx")]


@pytest.fixture
def column(monkeypatch, tmp_path):
    """Settle what stands in the column of the overview: rows of (row, file, mark, body)."""

    def settle(*rows, now=()):
        monkeypatch.setattr(assigned, "words", lambda folder, known: tuple(AssignmentWord(*r) for r in rows))
        return settled([tmp_path], ROSTER, FILES, [Assignment(*n) for n in now])

    return settle


def test_a_word_of_the_column_gives_the_file_of_its_mark_or_else_of_its_path_to_a_body(column):
    said = column((4, "随便.xlsx", "甲.xlsx", "乙镇"), (5, "乙.xlsx", "", "不采用"), (6, "包.zip/丙.xlsx", "", "甲镇"))
    assert said.shown == {"甲.xlsx": "乙镇人民政府", "乙.xlsx": LEAVE, "包.zip丙.xlsx": "甲镇人民政府"}
    assert said.kept == {"甲.xlsx": "乙镇人民政府\ntown\n", "乙.xlsx": LEAVE, "包.zip丙.xlsx": "甲镇人民政府\ntown\n"}
    assert said.answers["乙.xlsx"] == Answer(Whose.REFUSED, settled=True)
    assert (said.typed, said.refused) == ({}, ())


def test_a_word_about_a_file_that_did_not_come_is_refused_unless_it_says_nothing(column):
    said = column((4, "丁.xlsx", "丁", "甲镇"), (5, "戊.xlsx", "", "乙镇"), (6, "己.xlsx", "己", ""))
    assert [(r.row, r.file, r.how) for r in said.refused] == [(4, "丁.xlsx", ""), (5, "戊.xlsx", "")]
    assert said.refused[0].why.startswith("归属写的是“甲镇”，而收到的文件里没有这一份")
    assert (said.kept, said.typed) == ({}, {})


def test_a_word_that_names_no_body_is_told_with_what_was_typed_and_the_rows_behind_it_are_taken(column):
    rows = (4, "甲.xlsx", "甲.xlsx", "丙镇"), (5, "乙.xlsx", "乙.xlsx", "乙镇")
    said = column(*rows)
    assert said.refused == (RefusedWord(4, "甲.xlsx", "归属写错了：名册上没有“丙镇”", HOW),)
    assert said.typed == {"甲.xlsx": "丙镇"}
    assert said.shown == {"乙.xlsx": "乙镇人民政府"}
    later = column(*rows, now=[("甲.xlsx", "甲镇")])
    assert (later.typed, later.shown["甲.xlsx"]) == ({}, "甲镇人民政府")


def test_rows_of_the_same_file_that_say_different_bodies_are_refused_together(column):
    said = column(
        (4, "甲.xlsx", "甲.xlsx", "甲镇"), (7, "又甲.xlsx", "甲.xlsx", "乙镇"), (8, "乙.xlsx", "乙.xlsx", "乙镇")
    )
    why = "与第7行的内容相同，归属却写得不同（“甲镇”、“乙镇”），没有采用"
    assert said.refused == (RefusedWord(4, "甲.xlsx", why, "写成同一个单位"),)
    assert said.shown == {"乙.xlsx": "乙镇人民政府"}
    alike = column((4, "甲.xlsx", "甲.xlsx", "甲镇"), (7, "又甲.xlsx", "甲.xlsx", "甲镇人民政府"))
    assert (alike.refused, alike.shown) == ((), {"甲.xlsx": "甲镇人民政府"})


def test_an_overview_that_cannot_be_read_is_told_and_what_was_kept_holds(monkeypatch, tmp_path):
    def broken(folder, known):
        raise InputError("“情况一览.xlsx”打不开")

    keep(tmp_path, replace(NOTHING_SAID, kept={"甲.xlsx": LEAVE}))
    monkeypatch.setattr(assigned, "words", broken)
    said = settled([tmp_path], ROSTER, FILES, [])
    why = "“情况一览.xlsx”打不开，其中写的归属没有采用"
    assert said.refused == (RefusedWord(0, "", why, "写过归属的，请重新写"),)
    assert said.shown == {"甲.xlsx": LEAVE}


def test_results_folders_that_say_different_bodies_of_a_file_that_came_are_refused(tmp_path):
    folders = [tmp_path / "一", tmp_path / "二"]
    for folder, body in zip(folders, (LEAVE, "甲镇人民政府\ntown\n"), strict=True):
        keep(folder, replace(NOTHING_SAID, kept={"没来.xlsx": body, folder.name: LEAVE}))
    said = settled(folders, ROSTER, FILES, [])
    assert set(said.kept) == {"没来.xlsx", "一", "二"}
    keep(folders[1], replace(NOTHING_SAID, kept={"甲.xlsx": LEAVE}))
    keep(folders[0], replace(NOTHING_SAID, kept={"甲.xlsx": LEAVE}))
    assert settled(folders, ROSTER, FILES, []).shown == {"甲.xlsx": LEAVE}
    keep(folders[0], replace(NOTHING_SAID, kept={"甲.xlsx": "甲镇人民政府\ntown\n"}))
    with pytest.raises(InputError, match=r"“甲\.xlsx”的归属不同（其中一个是“.*二”），请用 --results"):
        settled(folders, ROSTER, FILES, [])


NAMESAKES = Roster(
    "名册.xlsx",
    (Member("城关镇人民政府", "城关镇", "town", row=2, county="甲县", code="JX01"),
     Member("城关镇人民政府", "城关镇", "town", row=3, county="乙县"),
     Member("东街道办事处", "", "street", row=4, county="乙县", code="YX02"),
     Member("东街道办事处", "", "street", row=5, county="乙县", code="YX03")),
    (), 2025, "示例市",
)  # fmt: skip


def test_a_body_is_meant_by_its_code_or_its_county_where_others_have_its_name():
    first, second, third, fourth = NAMESAKES.members
    assert meant("jx01", NAMESAKES) == meant("甲县城关镇", NAMESAKES) == "JX01"
    assert meant("乙县城关镇人民政府", NAMESAKES) == "城关镇人民政府\ntown\n乙县"
    with pytest.raises(NoBodyError) as told:
        meant("城关镇", NAMESAKES)
    assert told.value.why == "名册上有 2 个单位都可能是“城关镇”"
    assert str(told.value) == f"{told.value.why}，请{HOW}"
    with pytest.raises(NoBodyError, match="名册上没有“JX09”"):
        meant("JX09", NAMESAKES)
    assert [word_for(m, NAMESAKES) for m in (first, second)] == ["甲县城关镇人民政府", "乙县城关镇人民政府"]
    assert [word_for(m, NAMESAKES) for m in (third, fourth)] == ["YX02", "YX03"]


def test_two_files_of_one_name_are_enough_to_be_asked_about():
    with pytest.raises(InputError, match="几个都叫“报表"):
        files_named("报表.xlsx", [one("甲镇/报表.xlsx"), one("乙镇/报表.xlsx")])


def test_forms_of_which_nothing_is_known_are_no_copies_of_one_another():
    assert kept_and_left(without_copies([one("一.xlsx", digest=""), one("二.xlsx", digest="")], {}, mark)) == (
        ["一.xlsx", "二.xlsx"], {},
    )  # fmt: skip


def test_results_in_an_archive_and_in_a_folder_below_are_beside_what_lies_there_only():
    packed = one("包.zip", "县/结果/data.json", results=True)
    assert edited([packed, one("包.zip", "县/结果/表.xlsx")])
    assert edited([packed, one("包.zip", "县/别处/表.xlsx")]) == ""
    assert edited([packed, one("县/结果/表.xlsx")]) == ""
    open_ = one("县/结果/data.json", results=True)
    assert edited([open_, one("县/结果/报告/表.xlsx")])
    assert edited([open_, one("县/别处/表.xlsx")]) == ""


@pytest.mark.parametrize("heads", [("文件", "单位"), ("归属",), ()])
def test_an_overview_without_the_two_columns_is_refused_by_name(heads, tmp_path):
    book = Workbook()
    book.active.title = "收到的文件"
    book.active.append(heads or ("x",))
    book.save(tmp_path / "情况一览.xlsx")
    with pytest.raises(InputError, match="找不到“文件”“归属”两栏"):
        words(tmp_path)
