"""A county of 17 towns in one command: every planted fault at its body and cell, the rest made."""

import json

import pytest

import office
from county import scopes, towns
from nianbao.county import demo, desk_json
from nianbao.county.model import Status

pytestmark = pytest.mark.xdist_group("county")

WORST = {
    "wrong sum": Status.WRONG, "blank": Status.WRONG, "text": Status.WRONG, "missing": Status.MISSING,
    "doubled": Status.DOUBLED, "wrong year": Status.WRONG_YEAR, "corrupt": Status.UNREADABLE,
    "encrypted": Status.UNREADABLE, "zipped": Status.DONE, "alike": Status.UNEXPLAINED,
}  # fmt: skip


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    folder = tmp_path_factory.mktemp("county")
    invented = demo.invent()
    roster, delivered = demo.write(invented, folder)
    code = towns.run("batch", delivered, "--roster", roster, "-o", folder / "结果", "--to", "docx,json")
    desk = desk_json.loads((folder / "结果" / "desk.json").read_text(encoding="utf-8"))
    return invented, folder, desk, code


def body(desk, name):
    return next(b for b in desk.bodies if b.member.name == name)


def test_seventeen_towns_departments_and_the_office_are_listed(county):
    invented, _, desk, code = county
    assert code == 1
    assert sum(m.level in ("town", "street") for m in invented.members) == 17
    assert [b.member.name for b in desk.bodies] == [m.name for m in invented.members]
    assert (desk.county, desk.year, desk.deadline) == ("示例县", 2025, "2026-01-31")


def test_every_planted_fault_is_found_at_its_body_and_cell(county):
    invented, _, desk, _ = county
    told = [p for p in invented.planted if p.kind != "unknown"]
    assert {p.kind for p in told} == set(WORST)
    for planted in told:
        state = body(desk, planted.body)
        assert state.status is WORST[planted.kind], planted
        if planted.rule:
            (found,) = [f for f in state.findings if f.blocks]
            assert found.rule == planted.rule
            assert planted.cell in (*found.cells, "")


def test_a_body_without_a_planted_fault_is_done(county):
    invented, _, desk, _ = county
    spoiled = {p.body for p in invented.planted if p.kind != "zipped"}
    copied = {f.place for b in desk.bodies for f in b.findings if f.rule == "G5"}
    assert copied
    clean = [b for b in desk.bodies if b.member.name not in spoiled and not any(f.rule == "G5" for f in b.findings)]
    assert len(clean) == 14
    assert {b.status for b in clean} == {Status.DONE}


def test_a_corrupt_a_missing_a_doubled_a_wrong_year_and_an_encrypted_file_are_named(county):
    invented, _, desk, _ = county
    said = {p.kind: body(desk, p.body) for p in invented.planted if p.kind in WORST}
    assert "已经损坏" in said["corrupt"].note
    assert "设了打开密码" in said["encrypted"].note
    assert "（改）.xlsx" in said["doubled"].note
    assert "2024年度" in said["wrong year"].note
    assert "没有收到2025年度的年报" in said["missing"].findings[0].message
    assert [(s.status, s.name) for s in desk.strays] == [(Status.UNKNOWN, "示例外县镇人民政府")]
    assert any("示例外县镇" in f.message and f.rule == "G1" for f in desk.findings)


def test_documents_are_made_for_those_that_may_have_one_and_for_no_others(county):
    _, folder, desk, _ = county
    files = towns.produced(folder / "结果")
    named = {p for b in desk.bodies for p in b.files.values()} | set(desk.files.values()) | {"desk.json", "总览.html"}
    assert set(files) == named
    for state in desk.bodies:
        made = state.status in (Status.DONE, Status.UNEXPLAINED)
        assert ("docx" in state.files) == ("json" in state.files) == made
        assert ("slip" in state.files) == (state.status not in (Status.DONE, Status.DOUBLED))
        assert ("annotated" in state.files) == (state.status in (Status.WRONG, Status.UNEXPLAINED))


def test_what_batch_makes_is_what_make_makes(county, tmp_path):
    _, folder, desk, _ = county
    state = body(desk, "示例金镇人民政府")
    towns.run("make", folder / "收到的填报表" / "乡镇" / "示例金镇.xlsx", "-o", tmp_path)
    (alone,) = tmp_path.glob("*.docx")
    assert alone.read_bytes() == (folder / "结果" / state.files["docx"]).read_bytes()


def test_missing_and_wrong_bodies_keep_the_county_undetermined_and_are_named(county):
    _, folder, desk, _ = county
    totals = {t.scope: t for t in desk.totals}
    assert not totals[scopes.COUNTY].determined
    assert totals[scopes.DEPARTMENTS].determined
    assert {g.name for g in totals[scopes.TOWNS].gaps} == {b.member.short for b in desk.bodies[:8]}
    assert not list((folder / "结果" / "汇总").glob("*填报表.xlsx"))
    (said,) = [f for f in desk.findings if f.rule == "G3"]
    assert "示例北镇没有报送" in said.message


def test_the_desk_reads_back_as_it_was_written(county):
    _, folder, desk, _ = county
    text = (folder / "结果" / "desk.json").read_text(encoding="utf-8")
    assert desk_json.dumps(desk) == text
    assert json.loads(text)["format"] == desk_json.FORMAT


def test_run_again_nothing_is_read_or_made_and_every_file_stays(county, capsys):
    _, folder, _, _ = county
    out = folder / "结果"
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in out.rglob("*.docx")}
    towns.run("batch", folder / "收到的填报表", "--roster", folder / "名册.xlsx", "-o", out, "--to", "docx,json")
    assert "本次新读 0 份，新生成 0 个单位的文件" in capsys.readouterr().out
    assert {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in out.rglob("*.docx")} == before


@pytest.mark.validator
def test_the_validator_accepts_slips_detail_roster_and_annotated_workbooks(county):
    _, folder, desk, _ = county
    slips = [b.files["slip"] for b in desk.bodies if "slip" in b.files]
    annotated = [b.files["annotated"] for b in desk.bodies if "annotated" in b.files]
    for path in (slips[0], slips[3], annotated[0], desk.files["detail"]):
        assert office.validate(folder / "结果" / path) == "", path
    assert office.validate(folder / "名册.xlsx") == ""


@pytest.mark.office
def test_a_slip_is_one_page_that_says_where_what_how_and_until_when(county, tmp_path):
    invented, folder, desk, _ = county
    name = next(p.body for p in invented.planted if p.kind == "wrong sum")
    pdf = office.convert(folder / "结果" / body(desk, name).files["slip"], "pdf", tmp_path)
    text = "".join(office.pdf_text(pdf).split())
    assert office.pdf_pages(pdf) == 1
    for words in ("示例东镇", "表三!D9", "，差", "若D9由", "2026年1月20日", "退回单"):
        assert words in text
