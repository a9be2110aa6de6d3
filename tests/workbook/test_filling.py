"""Workbooks filled for many bodies: the same bytes as one drawn for each, whatever stands in it."""

import io
import random
import zipfile
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

import reports
from books import distinct
from nianbao import checks
from nianbao.errors import InputError
from nianbao.findings import Places
from nianbao.form import edition_names, load_edition
from nianbao.notice import Notice
from nianbao.pipeline import read_notice
from nianbao.report import Reading, Report
from nianbao.workbook import across, cellsheet, cellxml, filling, lastxml, layout, packing
from nianbao.workbook.builder import build
from nianbao.workbook.cellxml import UnusualContentError
from nianbao.workbook.cut_sheets import cut
from nianbao.workbook.filling import Filling
from nianbao.workbook.report_contents import Held

CASES = Path(__file__).parents[1] / "cases"
EDITIONS = edition_names()
ODD_TEXTS = (
    "第一段\n第二段 <甲&乙>\n\n  前后有空格 ",
    "_x0041_ 不是转义\n“引号”'单引号'\t制表符\n𠮷生僻字",
    "很长的一段，" * 900,
    "一\r\n二\u2028三\v四",
)
UNUSUAL_TEXTS = ("=1+1", "正常\n'引号")
BODY = {"name": "示例县教育局", "county": "示例县"}


def test_a_text_of_which_nothing_can_be_kept_is_an_empty_text():
    said = [cellxml.text(b'<c r="B5"', text, "表三!B5") for text in ("", "\r", " 甲")]
    assert said == [b'<c r="B5" t="n"/>', b'<c r="B5" t="inlineStr"/>',
                    '<c r="B5" t="inlineStr"><is><t xml:space="preserve"> 甲</t></is></c>'.encode()]  # fmt: skip


class Counted:
    """Counts how often a workbook is drawn."""

    def __init__(self, monkeypatch):
        self.times = 0
        self._draw = filling.drawn
        monkeypatch.setattr(filling, "drawn", self)

    def __call__(self, *args, **more):
        self.times += 1
        return self._draw(*args, **more)


@pytest.fixture
def draws(monkeypatch):
    return Counted(monkeypatch)


def report(edition, name="示例县教育局", **more):
    return Report(edition.id, 2025, {**BODY, "name": name, **more}, {}, {})


def last(edition, seed=0, text="", **more):
    """A report of the year before: some figures, facts and texts."""
    rng = random.Random(seed)
    values = {k: rng.choice((0, 1, 7, 12345)) for k in edition.values if rng.random() < 0.7}
    texts = {t.id: text for t in edition.texts} if text else {}
    typed = dict.fromkeys(edition.typed_labels, "自填 <类>")
    return Report(edition.id, 2024, {"name": "示例县教育局", **more}, values, {**texts, **typed})


def differing(one, other):
    """The parts that two workbooks do not have alike."""
    parts = [{i: z.read(i) for i in z.namelist()} for z in (zipfile.ZipFile(io.BytesIO(x)) for x in (one, other))]
    assert list(parts[0]) == list(parts[1])
    return [name for name in parts[0] if parts[0][name] != parts[1][name]]


_drawn = {}


def assert_same(forms, edition, *asked, **more):
    key = edition.id, repr((asked, more))  # the same content is drawn as the same bytes: test_workbook_build
    if key not in _drawn:
        _drawn[key] = build(edition, *asked, **more)
    drawn, filled = _drawn[key], forms.build(edition, *asked, **more)
    assert differing(drawn, filled) == []
    assert drawn == filled


@pytest.mark.parametrize("name", EDITIONS)
def test_bodies_of_every_level_get_the_same_workbook_as_alone(name, draws):
    edition, forms = load_edition(name), Filling()
    forms.build(edition, report(edition))
    for level in edition.levels:
        assert_same(forms, edition, report(edition, f"示例县{level.label}", level=level.id, phone="0597-1 <2>"))
    assert_same(forms, edition, Report(edition.id, None, {}, {}, {}))
    assert draws.times == 1


@pytest.mark.parametrize(
    ("name", "before"), [*((n, n) for n in EDITIONS), *pairwise(EDITIONS), (EDITIONS[-1], EDITIONS[0])]
)
def test_last_years_figures_and_texts_stand_as_if_drawn(name, before, draws):
    edition, earlier = load_edition(name), load_edition(before)
    forms = Filling()
    forms.build(edition, report(edition), last(earlier))
    forms.build(edition, report(edition), last(earlier, text="一段"))
    level = {"level": earlier.levels[0].id} if earlier.levels else {}
    assert_same(forms, edition, report(edition), last(earlier, 1, **level))
    assert_same(forms, edition, report(edition, "另一个局"), last(earlier, 2, ODD_TEXTS[0], phone="1", **level))
    assert draws.times == 2


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_texts_of_every_kind_are_filled_in_as_they_are_drawn(text, draws):
    edition, forms = load_edition("2021"), Filling()
    forms.build(edition, report(edition), last(edition, text="一段"))
    paragraphs = {t.id: text for t in edition.texts}
    typed = dict.fromkeys(edition.typed_labels, text[:9])
    assert_same(forms, edition, replace(report(edition), texts={**paragraphs, **typed}), last(edition, 3, text))
    assert draws.times == 1


@pytest.mark.parametrize("text", UNUSUAL_TEXTS)
def test_what_needs_a_look_of_its_own_is_drawn_and_still_the_same(text, draws):
    edition, forms = load_edition("2021"), Filling()
    usual = report(edition), last(edition, text="一段")
    unusual = replace(report(edition), texts={edition.texts[0].id: text}), last(edition, text="一段")
    of_last = report(edition), last(edition, text=text)
    for asked in (unusual, of_last, usual, of_last):
        assert_same(forms, edition, *asked)
    drawn_before = draws.times
    assert_same(forms, edition, *usual)
    assert draws.times == drawn_before, "what is unusual is not kept for others"


def test_a_name_that_looks_like_a_formula_and_a_day_that_is_none_are_drawn():
    edition, forms = load_edition("2021"), Filling()
    for one in (report(edition), report(edition, "=单位"), report(edition, signed_on="一月"), report(edition)):
        assert_same(forms, edition, one)


def test_an_odd_line_end_in_a_name_is_drawn_which_spells_it(draws):
    edition, forms = load_edition("2021"), Filling()
    for name in ("甲局", "甲\r\n局"):
        assert_same(forms, edition, report(edition, name))
    assert draws.times == 2


def test_a_sheet_that_is_not_drawn_as_expected_is_not_cut():
    with pytest.raises(UnusualContentError):
        cut("表", b'<row r="1"><c r="A1" s="3" t="n"/></row>', Held({"A1": "", "A2": ""}))
    with pytest.raises(UnusualContentError):
        lastxml.around(b"<worksheet/>", {})


@pytest.mark.parametrize("name", EDITIONS)
def test_figures_are_filled_in_too_with_all_that_follows_from_them(name, draws):
    edition, forms = load_edition(name), Filling()
    forms.build(edition, report(edition))
    values = distinct(edition)
    whole = replace(report(edition, signed_on="2026年1月12日", level=edition.levels[0].id), values=values)
    inputs = {k: v for k, v in values.items() if k not in edition.sums}
    odd = {k: (Decimal("5.0"), Decimal("1.25"), -3, 10**17, Decimal("0.10"))[i % 5] for i, k in enumerate(inputs)}
    assert_same(forms, edition, whole)
    assert_same(forms, edition, replace(whole, values=odd), None, blank_means_zero=True)
    assert_same(forms, edition, replace(whole, values=dict(list(inputs.items())[::2])), blank_means_zero=True)
    assert draws.times == 1


def test_totals_that_do_not_follow_stay_as_given_and_their_formulas_come_back_for_the_next(draws):
    edition, forms = load_edition("2021"), Filling()
    wrong = replace(report(edition), values={**distinct(edition), **dict.fromkeys(edition.sums, 3)})
    for one in (wrong, report(edition), wrong, report(edition)):
        assert_same(forms, edition, one)
    assert draws.times == 2, "the first is not kept, the second is"


def test_a_notice_has_workbooks_of_its_own(draws):
    edition, forms = load_edition("2021"), Filling()
    notices: list[Notice | None] = [None, read_notice(CASES / "notices" / "示例县.toml")]
    for notice in notices:
        forms.build(edition, report(edition), None, notice)
    for notice in notices:
        assert build(edition, report(edition, "乙"), notice=notice) == forms.build(
            edition, report(edition, "乙"), None, notice
        )
    assert draws.times == len(notices)


def test_reports_drawn_by_chance_are_filled_in_alike():
    rng, edition, forms = random.Random(7), load_edition("2021"), Filling()
    for seed in range(4):
        one = reports.random_report(rng)
        kept = {k: v for k, v in one.values.items() if rng.random() < 0.9}
        asked = replace(one, values=kept), last(edition, seed, "段\n" * (1 + seed) + "末") if seed % 3 else None
        assert_same(forms, edition, *asked)


def test_a_text_that_no_cell_can_hold_is_told_as_ever():
    edition, forms = load_edition("2021"), Filling()
    forms.build(edition, report(edition))
    for text in ("长" * 33_000, "坏\x01字"):
        asked = replace(report(edition), texts={edition.texts[0].id: text})
        with pytest.raises(InputError) as drawn:
            build(edition, asked)
        with pytest.raises(InputError) as filled:
            forms.build(edition, asked)
        assert str(filled.value) == str(drawn.value)


def test_more_kinds_than_are_kept_are_still_right(monkeypatch):
    monkeypatch.setattr(filling, "_MOST", 1)
    forms = Filling()
    for name in (*EDITIONS[:2], *EDITIONS[:2]):
        assert_same(forms, load_edition(name), report(load_edition(name)))


def test_packed_workbooks_are_sound_and_the_same_whatever_was_packed_before():
    one, other = (build(load_edition("2021"), report(load_edition("2021"), n)) for n in ("甲局", "乙局"))
    parts = [{i: z.read(i) for i in z.namelist()} for z in (zipfile.ZipFile(io.BytesIO(x)) for x in (one, other))]
    packer = packing.Packer(parts[0])
    assert [packer.packed(p) for p in parts] == [packing.packed(p) for p in parts] == [one, other]
    assert zipfile.ZipFile(io.BytesIO(other)).testzip() is None


@pytest.mark.parametrize("name", EDITIONS)
def test_the_rules_that_formulas_judge_are_judged_as_among_all_others(name):
    edition = load_edition(name)
    shown = across.spots(edition)
    rng = random.Random(11)
    for seed in range(40):
        values = {k: rng.choice((0, 1, 5, 300)) for k in edition.values if rng.random() < seed / 40}
        one = replace(report(edition, level=rng.choice(edition.levels).id), values=values)
        before = last(edition, seed) if seed % 2 else None
        told = cellsheet.shown(layout(edition), one, before, blank_means_zero=False)
        taken = {k: t.value for k, t in told.taken.items() if t.value is not None}
        own = frozenset(k for k in edition.sums if k in taken and told.taken[k].remark == "")
        places = Places(edition, layout(edition).places)
        reading = Reading(edition, replace(one, values=taken), (), places, computed=own, last_year=before)
        of_all = {v.rule: v for v in checks.judge(reading).verdicts if v.rule in shown}
        assert {r: v for r, v in told.verdicts.items() if r in shown} == of_all
