"""The desk page as text: whole, harmless whatever was typed, and the same for the same desk."""

import json
import re
import weakref
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from county import scopes
from county_desk import sample
from nianbao.checks.similarity import Passage
from nianbao.county import desk_json
from nianbao.county.desk import desk_words, details, pieces
from nianbao.county.desk.cards import cards
from nianbao.county.desk.year_series import History
from nianbao.county.model import AlikeTexts, BodyState, Desk, Gap, Member, Source, Status, Stray, Total
from nianbao.findings import Finding, Severity
from nianbao.report import Report

EVIL = (
    '"><script>alert(1)</script>',
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><title>",
    "'); alert(1); ('",
    "{{ 7 * 7 }}{% raw %}",
    "<!--",
    "&lt;b&gt;",
    "javascript:alert(1)",
)
VOID = {"meta", "br", "img", "input", "link", "hr"}


class Parsed(HTMLParser):
    """Elements with their attributes, and all text outside style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"{tag} closes what is not open"

    def handle_data(self, data):
        if self.open[-1:] not in (["style"], ["script"]):
            self.text += data

    def all(self, tag):
        return [a for t, a in self.elements if t == tag]


def empty(**more):
    return Desk(
        **{
            "county": "示例县",
            "year": 2025,
            "edition": "2021",
            "deadline": "",
            "has_roster": True,
            "bodies": (),
            **more,
        }
    )


def data(page: str) -> dict[str, dict[str, object]]:
    """What opens below each body, by its id."""
    return json.loads(page.rpartition('id="details">')[2].partition("</script>")[0])


def hostile(words: str) -> Desk:
    """A desk in which everything a person can type is these words."""
    values = {"requests.received.total": 300, "requests.received.natural_person": 300}
    report = Report("2021", 2025, {"name": words}, values, {"overview": f"{words}，全文相同。", "problems": words})
    finding = Finding("A1", Severity.ERROR, (), words, words, words, explanation=words)
    member = Member(words, words, "town", words, words, (words,), "", words, 2)
    first = BodyState(
        "b001", member, Status.WRONG, words, (Source(words, words),), report, report, (finding,), {"docx": words}
    )
    crowd = tuple(
        replace(first, id=f"b{n:03d}", report=replace(report, values={"requests.received.total": n % 3}))
        for n in range(2, 9)
    )
    total = Total(
        scopes.COUNTY, values, ("b001",), (Gap("b001", words, Status.WRONG, words),), {next(iter(values)): words}
    )
    return empty(
        county=words, deadline=words, bodies=(first, *crowd), totals=(total,), last_totals=(total,),
        findings=(finding,), files={"rollup": words, words: words},
        strays=(Stray(Source(words, words), Status.UNKNOWN, words, words, 2025),),
        pairs=(AlikeTexts("b001", "b002", 0.9, (Passage(0, 0, words), Passage(5, 5, words))),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def page():
    return sample.page(sample.county())


@pytest.fixture(scope="module")
def parsed(page):
    return Parsed(page)


def test_every_element_is_closed_and_every_id_is_given_once(parsed):
    ids = [a["id"] for _, a in parsed.elements if "id" in a]
    assert parsed.open == []
    assert len(ids) == len(set(ids))


def test_links_within_the_page_and_references_between_elements_have_their_target(parsed):
    ids = {a["id"] for _, a in parsed.elements if "id" in a}
    wanted = {a["href"][1:] for a in parsed.all("a") if a["href"].startswith("#")}
    for name in ("aria-labelledby", "aria-describedby", "aria-controls"):
        wanted |= {i for _, a in parsed.elements if name in a for i in a[name].split()}
    assert wanted <= ids


def test_nothing_outside_the_page_is_needed(page, parsed):
    assert not re.search(r"https?:|[\"'=(]\s*//", page)
    assert "@import" not in page
    assert "url(" not in page
    assert not parsed.all("link") + parsed.all("img") + parsed.all("iframe")
    assert not [a for t, a in parsed.elements if "src" in a or "style" in a]


def test_the_policy_lets_only_our_own_style_and_script_run(parsed):
    policy = next(a["content"] for a in parsed.all("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "http" not in policy


def test_the_page_speaks_chinese_and_knows_phones_and_both_schemes(page, parsed):
    assert parsed.all("html")[0]["lang"] == "zh-CN"
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in parsed.all("meta")
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


@pytest.mark.parametrize("words", EVIL)
def test_what_people_type_stays_text(words):
    page = sample.page(hostile(words))
    found = Parsed(page)
    harmless = Parsed(sample.page(hostile("平常的话")))
    assert [t for t, _ in found.elements] == [t for t, _ in harmless.elements]
    assert not [a for _, a in found.elements for name in a if name.startswith("on")]
    assert words in found.text
    assert all(a["href"].startswith(("#", "./")) for a in found.all("a"))


def test_characters_that_no_page_can_hold_are_replaced():
    page = sample.page(hostile("坏\x00\x08\ud800\uffff字"))
    assert "坏\ufffd\ufffd\ufffd\ufffd字" in Parsed(page.encode("utf-8").decode("utf-8")).text


def test_our_own_style_and_script_cannot_end_their_element(page):
    assert page.count("</script>") == page.count("<script") == 2
    assert page.count("</style>") == 1


def test_every_produced_file_is_linked_relative_and_percent_encoded(parsed):
    desk = sample.county()
    expected = [path for b in desk.bodies for path in b.files.values()] + list(desk.files.values())
    links = [a["href"] for a in parsed.all("a") if not a["href"].startswith("#")]
    slips = [b.files["slip"] for b in desk.bodies if "slip" in b.files]  # also where the bodies are to be phoned
    assert sorted(unquote(x.removeprefix("./")) for x in links) == sorted(expected + slips)
    assert all(re.fullmatch(r"\./[A-Za-z0-9_.~%/\u00a1-\uffff-]+", x) for x in links)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("报告/a.docx", "./报告/a.docx"),
        ("退回单/100%#?&.docx", "./退回单/100%25%23%3F%26.docx"),
        ("//host/share.docx", ".///host/share.docx"),
        ("javascript:alert(1)", "./javascript%3Aalert%281%29"),
        ("a\\b.docx", "./a%5Cb.docx"),
        ("单\u202e\u3000\ud800.docx", "./单%E2%80%AE%E3%80%80%3F.docx"),
    ],
)
def test_an_address_never_leads_elsewhere(path, address):
    assert desk_words.readable(path) == address
    assert unquote(desk_words.href(path)) == unquote(address)


def test_the_counts_by_status_are_those_of_the_bodies(parsed):
    counts = {s: sum(b.status is s for b in sample.county().bodies) for s in Status}
    told = dict(re.findall(r"(完成|待说明|有错|缺|重复|年度不符|读不出)\s+(\d+)", parsed.text.partition("要办的事")[0]))
    assert {s.label: str(n) for s, n in counts.items() if n} == told


def test_every_body_has_its_line_with_status_level_and_names_to_search(parsed):
    lines = {a["id"]: a for a in parsed.all("tbody") if a.get("class") == "body"}
    assert [b.id for b in sample.county().bodies] == list(lines)
    for body in sample.county().bodies:
        line = lines[body.id]
        assert line["data-status"] == body.status.value
        assert body.member.name in line["data-name"]
    assert "旧坪乡" in next(a["data-name"] for a in lines.values() if "大坪镇" in a["data-name"])


def test_a_finding_says_where_what_and_how_to_mend(page):
    body = next(b for b in sample.county().bodies if b.member.short == "永和镇")
    severity, rule, where, what, mend, reason, settled = data(page)[body.id]["found"][0]
    assert (severity, rule, reason, settled) == ("error", "A1", "", 0)
    assert where.startswith("表三!E5（商业企业·本年新收）")
    assert re.search(r"一列：本年新收\d+＋上年结转\d+＝\d+；.*，差\d", what)
    assert re.search(r"若\s*E5 由 \d 改为 \d", mend)
    assert "规则 A1" not in what


def test_a_finding_that_has_only_a_sentence_is_shown_whole():
    odd = details.told(Finding("X9", Severity.HINT, (), "表三!D5", "", "有一句：别的话"))
    assert (odd.where, odd.what, odd.mend) == ("表三!D5", "有一句：别的话。", "")


def test_a_written_reason_is_shown_and_settles_the_finding(page):
    body = next(b for b in sample.county().bodies if b.member.short == "县财政局")
    found = next(f for f in data(page)[body.id]["found"] if f[1] == "C6")
    assert found[5:] == ["经核对登记台账，数字无误", 1]


def test_the_rules_name_every_body_that_breaks_them(page):
    part = page.split('id="rule-A2"')[1].split("</details>")[0]
    names = {b.member.short for b in sample.county().bodies if any(f.rule == "A2" for f in b.findings)}
    assert names == set(re.findall(r"<bdi>(.*?)</bdi></a>", part))
    assert "年报格式" in part


def test_missing_bodies_are_named_where_totals_are_undetermined(page):
    part = page.split('class="standing"')[1].split('class="charts"')[0]
    assert re.search(r"乡镇合计</b>未确定.*?没有报送：<a href=\"#b\d+\"><bdi>白沙镇", part, re.S)
    assert re.search(r"县政府办</b>已确定", part)


def test_the_totals_shown_are_the_desks(parsed):
    totals = {t.scope: t.values["requests.received.total"] for t in sample.county().totals}
    expected = r"本年新收\s+" + r"\s*".join(str(totals[s]) for s in scopes.SCOPES)
    assert re.search(expected, re.sub(r"\s+", "\n", parsed.text))


def test_every_chart_has_a_title_a_description_and_its_numbers(page, parsed):
    assert [a["id"] for a in parsed.all("figure")] == [
        "chart-by-result",
        "chart-by-applicant",
        "chart-years",
        "chart-by-body",
        "chart-jumps",
    ]
    for figure in re.findall(r"<figure.*?</figure>", page, re.S):
        assert re.search(r"<svg[^>]* role=\"img\"[^>]*><title[^>]*>[^<]+</title><desc[^>]*>[^<]+</desc>", figure)
        assert figure.count("<tr>") > 2


def test_alike_passages_stand_side_by_side_and_marked(page):
    part = page.split('id="alike"')[1].split("</section>")[0]
    quotes = re.findall(r"<blockquote>.*?</blockquote>", part, re.S)
    assert len(quotes) % 2 == 0
    ours, theirs = ([re.findall(r"<mark>(.*?)</mark>", q) for q in quotes[i::2]] for i in (0, 1))
    assert ours == theirs
    assert all(ours)


def test_an_empty_desk_is_a_page_too():
    text = Parsed(sample.page(empty())).text
    assert "还没有收到任何单位的填报表" in text
    assert "各单位没有发现问题" in text


def test_a_desk_without_county_year_and_edition_is_a_page_too():
    assert "本县" in Parsed(sample.page(empty(county="", year=None, edition="", has_roster=False))).text


def test_without_a_roster_the_page_says_that_completeness_is_unknown():
    assert "没有名册，无法判断是否报齐" in sample.page(empty(has_roster=False))
    assert "没有名册" not in sample.page(empty())


def test_when_all_is_done_nothing_is_left_to_do():
    done = tuple(b for b in sample.county().bodies if b.status is Status.DONE)
    page = sample.page(replace(sample.county(), bodies=done, strays=(), findings=()))
    assert "全部完成" in page
    assert "没有要办的事" in page


def test_bodies_in_other_editions_are_shown_in_their_own(page):
    desk = sample.county()
    body = next(b for b in desk.bodies if b.report)
    other = replace(body, report=replace(body.report, edition="wuping-2022"))
    assert body.member.short in sample.page(replace(desk, bodies=(other,), totals=(), last_totals=()))


@pytest.mark.parametrize("edition", ["2019", "2021+single-other", "wuping-2022"])
def test_totals_in_any_edition_have_their_chart(edition):
    total = replace(sample.county().totals[3], scope=scopes.COUNTY)
    assert 'id="chart-by-result"' in sample.page(
        empty(edition=edition, totals=(total,), bodies=sample.county().bodies[:3])
    )


def test_last_year_is_left_out_when_no_body_brought_it_and_marked_when_only_some_did(page):
    desk = sample.county()
    *others, last = desk.last_totals
    none = sample.page(replace(desk, last_totals=(*others, replace(last, bodies=(), values={}))))
    some = sample.page(
        replace(desk, last_totals=(*others, replace(last, gaps=(Gap("b001", "甲", Status.DONE, "没有"),))))
    )
    assert "上年全县</th>" in page
    assert "上年全县" not in none
    assert "上年全县<small>未确定</small>" in some
    assert "2024年是有上年数据的 58 个单位" in some


def test_the_same_desk_gives_the_same_page_also_when_read_back(page):
    assert page == sample.page(sample.county())
    assert page == sample.page(desk_json.loads(desk_json.dumps(sample.county())))


def test_three_thousand_bodies_fit_on_a_page_for_which_one_at_a_time_is_in_memory():
    desk = sample.county()
    alive, most = 0, 0

    def gone():
        nonlocal alive
        alive -= 1

    def bodies():
        nonlocal alive, most
        for n in range(52):
            for body in desk.bodies:
                report = replace(body.report) if body.report else None
                if report:
                    alive += 1
                    weakref.finalize(report, gone)
                most = max(most, alive)
                yield replace(body, id=f"{body.id}-{n}", report=report)

    listed = tuple(cards(bodies(), sample.EDITION))
    page = "".join(pieces(desk, listed, bodies, History(), None))
    assert page.count('class="body"') == len(data(page)) == 3016
    assert len(page.encode()) < 8_000_000
    assert most < 5


def test_files_of_a_body_that_differ_stand_side_by_side(page):
    body = next(b for b in sample.county().bodies if b.versions)
    told = data(page)[body.id]["versions"]
    assert told["files"] == ["乡镇/双河镇.xlsx", "乡镇/双河镇（改）.xlsx"]
    assert told["rows"] == [["表二“处理决定·行政许可”", "12", "（空）"], ["写明的原因", "（没有）", "数据已核实<b>"]]
    assert told["more"] == 2


def test_every_open_body_stands_first_with_its_telephone_and_its_slip_and_no_done_one_does(page):
    part = page.split('id="todo"')[1].split('id="bodies"')[0]
    for body in sample.county().bodies:
        assert (f'href="#{body.id}"' in part) is (body.status is not Status.DONE)
        if body.status is not Status.DONE:
            said = part.split(f'href="#{body.id}"')[1].split("</li>")[0]
            assert body.member.phone in said
            assert ("退回单" in said) is ("slip" in body.files)


def test_files_that_are_nobodys_are_among_what_is_to_be_done(page):
    part = page.split('id="todo"')[1].split('id="bodies"')[0]
    assert "来件/邻县镇.xlsx" in part
    assert "来件/扫描件.xlsx" in part
    assert "永和镇.xlsx” 内容相同" not in part  # a copy asks for nothing


def test_a_county_with_a_problem_of_its_own_is_not_all_done():
    done = tuple(b for b in sample.county().bodies if b.status is Status.DONE)
    page = sample.page(replace(sample.county(), bodies=done, strays=()))
    assert "全部完成" not in page
    assert "处全县的问题" in page


def test_the_day_of_the_run_is_on_the_page_and_nothing_else_of_a_clock():
    said = sample.page(sample.county(), date(2026, 1, 16))
    assert "2026年1月16日" in said
    assert sample.page(sample.county()).count("汇总日期") == 0


def test_a_body_with_too_many_findings_says_how_many_are_left_out():
    body = next(b for b in sample.county().bodies if b.findings)
    many = replace(body, findings=body.findings[:1] * 9)
    told = details.detail(many, details.AmongPeers(), 4)
    assert (len(told["found"]), told["more"]) == (4, 5)
    assert details.most_of_each(100) >= 100
    assert details.most_of_each(5000) == details.FEWEST
