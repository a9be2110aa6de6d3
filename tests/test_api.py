"""The names other programs rely on: what each gives, what it raises, and that only `make` writes."""

import datetime
import inspect
import json
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest

import reports
from nianbao import api
from nianbao.cli import main
from nianbao.county.demo import members, report_of
from nianbao.county.roster.roster_book import write_roster
from nianbao.publish import libreoffice, word

NAMES = {
    "Added", "Change", "Checked", "Edition", "EditionError", "Finding", "InputError", "NianbaoError", "Number",
    "OutputError", "Places", "Reading", "Reason", "Report", "Severity", "State", "TemplateError", "Total", "Verdict",
    "add_up", "annotate", "check", "dumps", "edition_of", "findings_json", "loads", "make", "read", "reason", "render",
    "verify", "workbook",
}  # fmt: skip
"""A name may join; one that leaves breaks somebody's program, and is told in the changelog a release before."""

RECEIVED = "requests.received.natural_person"


@pytest.fixture
def right():
    """A report against which nothing speaks that forbids it."""
    return reports.zero("2021", 2025)


@pytest.fixture
def filled(tmp_path, right):
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(api.workbook(right))
    return path


def test_no_name_that_other_programs_use_has_gone():
    assert set(api.__all__) >= NAMES
    assert all(getattr(api, name) is not None for name in api.__all__)


def test_a_name_that_is_not_there_is_told_as_python_tells_it():
    with pytest.raises(AttributeError, match="nope"):
        api.nope  # noqa: B018


def test_every_function_says_what_it_gives_and_what_it_raises():
    for name in api.__all__:
        if inspect.isfunction(getattr(api, name)):
            assert len(inspect.getdoc(getattr(api, name))) > 40, name


def test_a_blank_cell_is_absent_and_zero_is_zero(tmp_path, right):
    values = {k: v for k, v in right.values.items() if k != "proactive.charges.amount"}
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(api.workbook(replace(right, values=values)))
    read = api.read(path).report.values
    assert "proactive.charges.amount" not in read
    assert read[RECEIVED] == 0
    assert type(read[RECEIVED]) is int


def test_amounts_are_decimals_through_workbook_and_json(tmp_path, right):
    report = replace(right, values={**right.values, "proactive.charges.amount": Decimal("1.25")})
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(api.workbook(report))
    for read in (api.read(path), api.loads(api.dumps(report))):
        amount = read.report.values["proactive.charges.amount"]
        assert (type(amount), amount) == (Decimal, Decimal("1.25"))


def test_a_file_its_reading_and_its_report_are_judged_alike(filled, right):
    found = [
        {(f.rule, f.severity, f.cells) for f in api.check(source).findings}
        for source in (filled, str(filled), api.read(filled), right)
    ]
    assert found[0] == found[1] == found[2] == found[3]


def test_a_count_that_is_not_whole_is_a_finding(right):
    wrong = replace(right, values={**right.values, RECEIVED: 2.5})
    checked = api.check(wrong)
    assert checked.has_errors
    assert RECEIVED in {c for f in checked.findings for c in f.cells}


def test_the_findings_are_those_of_the_command(filled, capsys):
    today = datetime.date.today()  # noqa: DTZ011 - the command takes the machine's day too
    main(["check", str(filled), "--format", "json"])
    assert api.findings_json(api.check(filled, today=today)) == json.loads(capsys.readouterr().out)


def test_last_year_takes_the_place_of_what_is_carried_along(filled, right):
    def unjudged(checked):
        return {v.rule for v in checked.verdicts if v.state is api.State.UNJUDGED}

    assert "H1" in unjudged(api.check(filled))
    assert "H1" not in unjudged(api.check(filled, last_year=replace(right, year=2024)))


def test_a_written_reason_settles_its_finding(right):
    before = replace(right, year=2024)
    counts = {f"requests.{r}.{c}": 90 for r in ("received", "full_grant", "total") for c in ("natural_person", "total")}
    report = replace(right, values={**right.values, **counts})
    checked = api.check(report, last_year=before)
    waiting = [f for f in checked.findings if f.severity is api.Severity.EXPLAIN]
    assert waiting
    written = [api.reason(f, report, "本年征地拆迁引起的申请集中增加") for f in waiting]
    assert not api.check(report, last_year=before, reasons=written).blocks


def test_what_was_rendered_is_what_was_written_and_agrees_with_its_source(filled, tmp_path):
    checked = api.check(filled)
    (document,) = api.make(checked, tmp_path / "报告")
    assert document.read_bytes() == api.render(checked)
    assert not api.verify(document, filled).blocks


def test_a_document_of_other_figures_is_told(filled, tmp_path, right):
    other = replace(right, values={**right.values, "proactive.regulations.issued": 7})
    (document,) = api.make(api.check(other), tmp_path / "报告", draft=True)
    assert api.verify(document, filled).blocks


def test_only_make_writes(filled, tmp_path, monkeypatch):
    empty = tmp_path / "空"
    empty.mkdir()
    monkeypatch.chdir(empty)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    checked = api.check(filled)
    api.render(checked)
    api.render(checked, "html", draft=True)
    api.annotate(checked)
    api.findings_json(checked)
    api.add_up(tmp_path, year=2025)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_make_keeps_another_file_of_the_same_name(filled, tmp_path):
    checked = api.check(filled)
    (document,) = api.make(checked, tmp_path / "报告")
    document.write_bytes(b"somebody's own")
    assert api.make(checked, tmp_path / "报告") == (document,)
    assert sorted(p.read_bytes() == b"somebody's own" for p in document.parent.iterdir()) == [False, True]


def test_where_nothing_makes_a_pdf_that_is_raised_once_the_other_formats_are_written(filled, tmp_path, monkeypatch):
    for program in (word, libreoffice):
        monkeypatch.setattr(program, "find", lambda *_: None)
    with pytest.raises(api.OutputError, match="没有 Word，也没有 LibreOffice"):
        api.make(api.check(filled), tmp_path / "报告", "pdf,docx")
    assert [p.suffix for p in (tmp_path / "报告").iterdir()] == [".docx"]


def test_a_report_with_errors_is_refused_except_as_a_draft(right):
    checked = api.check(replace(right, values={**right.values, RECEIVED: 3}))
    assert checked.has_errors
    with pytest.raises(api.InputError, match="强制性问题"):
        api.render(checked)
    assert api.render(checked, draft=True)[:2] == b"PK"


@pytest.mark.parametrize(
    "task",
    [
        lambda folder: api.read(folder / "没有.xlsx"),
        lambda folder: api.check(folder / "没有.docx"),
        lambda folder: api.loads("{"),
        lambda folder: api.edition_of("没有这个格式"),
        lambda folder: api.edition_of(1998),
        api.add_up,
        lambda folder: api.add_up(folder, roster=folder / "没有.xlsx"),
        lambda folder: api.annotate(api.check(reports.zero("2021", 2025))),
        lambda folder: api.render(api.check(reports.zero("2021", 2025)), "odt"),
        lambda folder: api.make(api.check(reports.zero("2021", 2025)), __file__),
    ],
)
def test_an_impossible_task_is_one_chinese_sentence(task, tmp_path):
    with pytest.raises(api.NianbaoError, match=r"[\u4e00-\u9fff]"):
        task(tmp_path)


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """A roster of a town, a department and the office, and a folder with their workbooks."""
    folder = tmp_path_factory.mktemp("县")
    edition = api.edition_of(2025)
    listed = [next(m for m in members() if m.level == level) for level in ("town", "department", "county_office")]
    (folder / "名册.xlsx").write_bytes(write_roster(edition, listed))
    (folder / "收到").mkdir()
    for member in listed:
        report = report_of(member, random.Random(7))
        (folder / "收到" / f"{member.name}.xlsx").write_bytes(api.workbook(report))
    return folder


@pytest.mark.xdist_group("api_county")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_county_is_added_up_as_the_command_adds_it_up(county, workers, tmp_path):
    summed = tmp_path / "全县.xlsx"
    added = api.add_up(county / "收到", roster=county / "名册.xlsx", workers=workers)
    given = [str(county / "收到"), "--roster", str(county / "名册.xlsx"), "--workers", "1"]
    assert main(["rollup", *given, "-o", str(summed)]) == 0
    assert isinstance(added, api.Added)
    assert added.whole.determined
    assert api.read(summed).report.values == added.report.values


def test_checking_and_rendering_may_run_in_several_threads(filled):
    expected = api.render(api.check(filled))
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: api.render(api.check(filled)), range(8)))
    assert made == [expected] * 8
