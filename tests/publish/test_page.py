"""The web page: read back by the reader of published reports, sound for machines, and typed words stay words."""

import random
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

import reports
from nianbao import published
from nianbao.document.tags import context
from nianbao.errors import InputError, TemplateError
from nianbao.findings import Severity
from nianbao.form import CellKind, edition_names, load_edition
from nianbao.publish.page import FRAGMENT, PAGE, Asked, build_page_template, fill, page_files, places, proof
from nianbao.publish.page.fill import MAX_BYTES, compile_page, page_template_for, read_page_template
from nianbao.publish.page.fragment import fragment
from nianbao.publish.page.make import without_angles
from nianbao.publish.page.template import FILES, META, PICTURE
from publish import nu, samples

RECEIVED = "fee.processing_fee.amount_received"


def read(text, folder):
    path = folder / "年报.html"
    path.write_text(text, encoding="utf-8")
    return published.read(path)


@pytest.mark.parametrize("ending", [PAGE, FRAGMENT])
@pytest.mark.parametrize("name", edition_names())
def test_every_value_fact_and_text_is_read_back_from_the_page_and_the_fragment(name, ending, tmp_path):
    for seed in range(4):
        report = samples.full(name, seed)
        reading = read(samples.made(report)[ending], tmp_path)
        assert reading.edition.id == name
        assert reading.report.values == reports.stated(reading.edition, report.values)
        assert reading.report.body == samples.FACTS
        texts = dict(reading.report.texts)
        assert "示例镇党政办公室" in texts.pop("introduction")
        assert texts == samples.TEXTS
        assert [f for f in reading.findings if f.severity is not Severity.HINT] == []


@pytest.mark.parametrize("name", edition_names())
def test_a_different_number_in_every_cell_is_read_from_its_cell_and_no_other(name, tmp_path):
    edition = load_edition(name)
    values = {k: reports.number_for(edition, k, 1001 + i) for i, k in enumerate(edition.values)}
    made = samples.made(replace(samples.full(name), values=values))
    told = reports.stated(edition, values)
    if not edition.table["fee"].printed:
        told[RECEIVED] = 0  # as its text says
    for ending in (PAGE, FRAGMENT):
        assert read(made[ending], tmp_path).report.values == told


def test_blank_cells_stay_blank_and_money_and_signs_are_printed_as_in_the_form(tmp_path):
    blank = read(samples.made(replace(samples.full(), values={}))[PAGE], tmp_path)
    assert blank.report.values == {RECEIVED: 0}  # as its text says
    values = {
        "proactive.licences.change": -3,
        "proactive.penalties.change": 14,
        "proactive.procurement.amount": Decimal("12.3456"),
    }
    report = samples.full("2019")
    page = samples.made(replace(report, values={**report.values, **values}))[PAGE]
    assert ">+14<" in page
    assert {k: read(page, tmp_path).report.values[k] for k in values} == values


@pytest.mark.parametrize("name", edition_names())
def test_the_headers_of_a_figure_are_exactly_the_labels_of_its_row_and_column(name):
    edition = load_edition(name)
    page = html.fromstring(samples.made(samples.full(name))[PAGE])
    tables = [edition.table[s.table] for s in edition.sections if s.table]
    for table, shown in zip(tables, page.iter("table"), strict=True):
        names = {th.get("id"): th.text_content() for th in shown.iter("th")}
        cells = list(shown.iter("td"))
        figures = [td for td in cells if td.get("headers")]
        values = [c for c in sorted(table.cells, key=lambda c: (c.row, c.column)) if c.kind is CellKind.VALUE]
        assert len(figures) == len(values)
        for td, cell in zip(figures, values, strict=True):
            told = "".join(names[i] for i in td.get("headers").split())
            wanted = edition.values[cell.key]
            for label in wanted.labels:
                assert label in told
            others = {v.labels[-1] for v in table.values} - {wanted.labels[-1]}
            assert not [x for x in others if names.keys() and any(names[i] == x for i in td.get("headers").split())]


def test_the_page_is_the_same_each_time_and_loads_nothing():
    first, second = samples.made(samples.full()), samples.made(samples.full())
    assert first == second
    for text in first.values():
        assert not re.search(r"(?i)<script|\son\w+=|<link|@import|url\(|https?:", text)


def test_the_fragment_has_no_style_element_no_class_and_no_angle_brackets_in_its_words():
    report = samples.hostile()
    fragment = samples.made(report)[FRAGMENT]
    assert not re.search(r"(?i)<(style|script|link|meta|html|head|body)[\s>]|\sclass=", fragment)
    words = html.fromstring(fragment).text_content()
    assert "<" not in words
    assert ">" not in words
    assert "〈script〉alert(1)〈/script〉" in words
    assert "&lt;" not in fragment.replace("&amp;lt;", "")


def test_typed_markup_quotes_braces_and_script_addresses_come_out_as_words():
    report = samples.hostile()
    page = samples.made(report, links=samples.linked())[PAGE]
    root = html.fromstring(page)
    assert list(root.iter("script", "img")) == list(root.iterfind(".//aside/img"))
    assert [a.get("href") for a in root.iter("a")] == [
        "./%E5%B9%B4%E6%8A%A5%20100%25.docx",
        "./%E5%B9%B4%E6%8A%A5%20100%25.json",
    ]
    assert len(list(root.iter("article"))) == 1
    assert not [a for e in root.iter() for a in e.attrib if a.startswith("on")]
    words = root.find(".//article").text_content()
    for attack in samples.HOSTILE:
        assert attack in words
    contents = [str(m.get("content")) for m in root.iter("meta")]
    assert any(report.name in c for c in contents)


def test_a_draft_is_marked_on_the_page_and_in_the_fragment_and_a_report_is_not():
    for draft in (True, False):
        for text in samples.made(samples.full(), draft=draft).values():
            shown = html.fromstring(text).text_content()
            assert ("【草稿" in shown) is draft


def test_the_page_links_the_files_made_with_it_and_nothing_when_it_is_alone():
    alone = html.fromstring(samples.made(samples.full())[PAGE])
    assert not list(alone.iter("a", "nav", "aside", "img"))
    linked = html.fromstring(samples.made(samples.full(), links=samples.linked())[PAGE])
    assert [a.text for a in linked.iter("a")] == ["Word 报告", "年报数据"]
    assert linked.find(".//aside/img").get("src") == "./%E5%B9%B4%E6%8A%A5%E5%9B%BE%E8%A7%A3.svg"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{{ 表三.", "{{ 表五.", "第"),
        ("表三.本年新收.自然人 }}", "表三.本年新收.自然 }}", "{{ 表三.本年新收.自然 }}"),
        ("{% for 段 in 总体情况 %}", "", "有误"),
        ("</article>", "", "<article>"),
        ("{{ 单位名称 }}", "｛｛ 单位名称 ｝｝", "全角大括号"),
        ("{{ 单位名称 }}", "{{ 7 * 7 }}", "不能使用"),
        ("{{ 单位名称 }}", "{{ ().__class__ }}", "不能使用"),
        ("{{ 单位名称 }}", "{{ 单位名称['x'] }}", "不能使用"),
        ("{{ 单位名称 }}", "{% include '/etc/passwd' %}", "不能使用"),
        ("<h1>", "<h1 class={{ 单位名称 }}>", "双引号"),
        ("<h1>", "<h1 {{ 单位名称 }}>", "双引号"),
        ("<h1>", '<h1 style="color:{{ 单位名称 }}">', "style 里不能写标签“单位名称”"),
        ("<h1>", '<a href="{{ 公开网址 }}">网站</a><h1>', "href 里不能写标签“公开网址”"),
        ("<h1>", '<a href="javascript:{{ 图解 }}">网站</a><h1>', "href 里不能写标签"),
        ("<h1>", '<h1 onclick="{{ 单位名称 }}">', "onclick"),
        ("<h1>", "<h1 onclick=\"alert(1)\">", "正文里不能有“onclick=”"),
        ("<h1>", "<script src='x.js'></script><h1>", "正文里不能有“<script”"),
        ("</head>", "<script>let a = '{{ 单位名称 }}'</script></head>", "script 里不能写标签“单位名称”"),
        ("</style>", "h1::before { content: '{{ 单位名称 }}' }</style>", "style 里不能写标签“单位名称”"),
        ("</style>", "/* " + "{" * 3_001 + " */</style>", "标签太多"),
    ],
)  # fmt: skip
def test_a_fault_in_an_edited_template_is_named_in_chinese(old, new, said):
    edition = load_edition("2021")
    source = build_page_template(edition).decode()
    assert old in source
    with pytest.raises(TemplateError) as e:
        compile_page(source.replace(old, new, 1), edition)
    assert said in str(e.value)


@pytest.mark.parametrize(
    ("tag", "said"),
    [("{{ 行.内容 }}", "标签“内容”没有对应的内容"), ("{{ 行.__class__ }}", "网页模板无法填写，请检查标签的写法")],
)
def test_a_tag_that_asks_too_much_of_a_loops_word_is_told_when_the_page_is_filled(tag, said):
    edition = load_edition("2021")
    source = build_page_template(edition).decode().replace("{{ 行 }}", tag)
    with pytest.raises(TemplateError, match=said):
        compile_page(source, edition).fill(context(edition, samples.full()) | {META: [], FILES: [], PICTURE: ""})


def test_a_page_template_that_cannot_be_opened_is_named(tmp_path):
    large = tmp_path / "网页.html"
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    for path, said in ((large, "网页.html”太大"), (tmp_path / "没有.html", "找不到网页模板"), (tmp_path, "打不开（")):
        with pytest.raises(TemplateError, match=said):
            read_page_template(path)


def test_without_the_shipped_file_the_page_template_is_made_anew(monkeypatch):
    edition = load_edition("2021")
    shipped = page_template_for(edition)
    page_template_for.cache_clear()
    monkeypatch.setattr(fill.resources, "template_path", lambda *_: None)
    try:
        words = context(edition, samples.full()) | {META: [], FILES: [], PICTURE: ""}
        assert page_template_for(edition).fill(words) == shipped.fill(words)
    finally:
        page_template_for.cache_clear()


def test_a_template_whose_looks_cannot_be_written_at_the_elements_gives_no_fragment():
    with pytest.raises(TemplateError, match="样式（style）有误，正文片段做不出来"):
        fragment('<style>p { color: red }</style><article><p style="{">甲</p></article>')
    with pytest.raises(TemplateError, match="应当有一对 <article>"):
        fragment("<p>甲</p>")


@pytest.mark.parametrize(
    ("inside", "deep"),
    [("<span>" * 101, True), ("<SPAN title='x'>甲</span>" * 500, False), ("<span>" * 100 + "</span>" * 100, False),
     ("<p>甲<li>乙<br><img src='x'>" * 500, False), ("<div><b>" * 51, True), ("<div></b>" * 101, True),
     ("<div><!-- </div> -->" * 101, True), ('<div title="></div>">' * 101, True),
     ("<div><textarea></div></textarea>" * 101, True), ("<div><title></div></title >" * 101, True)],
    ids=range(10),
)  # fmt: skip
def test_a_template_with_elements_one_in_another_without_end_gives_no_fragment(inside, deep):
    page = f"<style>p {{ color: red }}</style><article>{inside}</article>"
    if deep:
        with pytest.raises(TemplateError, match="一层套一层的元素多于 100 层（多半是少了结束标签），请检查改过的地方"):
            fragment(page)
    else:
        assert "<style" not in fragment(page)


def test_all_wrong_places_of_one_element_are_told():
    told = list(places.misplaced('<h1 class="a" style="{{ 甲 }}" title="{{ 乙 }}" {{ 丙 }}>', frozenset(), frozenset()))
    assert [fault for _, fault in told] == [
        "style 里不能写标签“甲”", "标签只能写在文字里，或写在 content、alt、title、aria-label、name 的双引号里",
    ]  # fmt: skip


def test_a_paragraph_that_shows_nothing_is_not_missed(tmp_path):
    texts = {**samples.TEXTS, "overview": "甲。\n\u200b\n乙。"}
    page = samples.made(replace(samples.full(), texts=texts))[PAGE]
    assert read(page, tmp_path).report.texts["overview"] == "甲。\n乙。"


def test_a_line_that_shows_nothing_is_not_missed():
    edition = replace(load_edition("2021"), contact=("{地址}",))
    report = replace(samples.full(), body={**samples.full().body, "address": "\u200b"})
    page = page_files(edition, report, Asked())[PAGE]
    assert proof.differences(page, edition, report) == []


def test_an_edition_may_place_the_introduction_inside_a_section():
    edition, report = replace(load_edition("2021"), introduction_place="overview"), samples.full()
    page = page_files(edition, report, Asked())[PAGE]
    assert proof.differences(page, edition, report) == []
    assert proof.differences(page, load_edition("2021"), report) != []
    words = page.decode()
    assert words.index("一、总体情况") < words.index("示例镇党政办公室") < words.index("二、主动公开")


def test_the_office_may_put_its_own_header_words_and_scripts_around_the_report():
    edition = load_edition("2021")
    source = build_page_template(edition).decode()
    own = source.replace(
        "<main>", '<header title="{{ 单位名称 }}"><script src="/site.js"></script>县政府</header>\n<main>'
    )
    assert compile_page(own, edition).edition is edition


def test_every_figure_label_and_span_that_differs_keeps_the_page_back():
    edition, report = load_edition("2021"), samples.full()
    page = samples.made(report)[PAGE]
    assert proof.differences(page.encode(), edition, report) == []
    for old, new in (
        ("<td headers=", "<td>7</td><td headers="),
        ("（一）予以公开", "（一）公开"),
        ('rowspan="3"', 'rowspan="2"'),
        ("<h2>一、总体情况</h2>", ""),
        ("按季度考核。", "按年度考核。"),
        ("示例镇人民政府</span>", "示例县人民政府</span>"),
        ("</style>", "td { text-decoration: line-through }</style>"),
    ):
        assert old in page
        assert proof.differences(page.replace(old, new, 1).encode(), edition, report), old
    key, rng = "requests.received.total", random.Random(5)
    other = {**report.values, key: report.values[key] + rng.randint(1, 9)}
    assert "表三" in proof.differences(page.encode(), edition, replace(report, values=other))[0]


def test_the_angle_brackets_are_replaced_in_facts_and_texts_and_nowhere_else():
    report = replace(samples.full(), texts={"overview": "a<b>c"}, body={"name": "<镇>"})
    assert without_angles(report).texts == {"overview": "a〈b〉c"}
    assert without_angles(report).name == "〈镇〉"
    assert without_angles(report).values == report.values


def test_a_text_that_no_document_can_hold_is_refused_by_name():
    with pytest.raises(InputError, match="总体情况"):
        samples.made(replace(samples.full(), texts={"overview": "甲\x00乙"}))


@pytest.mark.nu
def test_the_nu_checker_has_no_errors_for_any_page_or_fragment(tmp_path):
    pages = {}
    for name in edition_names():
        for draft in (False, True):
            made = samples.made(samples.full(name), draft=draft, links=samples.linked())
            pages[f"{name}-{draft}"] = made[PAGE]
            pages[f"{name}-{draft}-fragment"] = nu.wrapped(made[FRAGMENT])
    hostile = samples.made(samples.hostile(), links=samples.linked())
    pages |= {"hostile": hostile[PAGE], "hostile-fragment": nu.wrapped(hostile[FRAGMENT])}
    assert nu.errors(tmp_path, pages) == []
    assert nu.errors(tmp_path, {"wrong": made[PAGE].replace("</h1>", "</h7>", 1)}) != []


ODD = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")),
        st.sampled_from("\n\t 　<>&\"'{}%#\u00a0\u200b\ufeff\u2028\u202e\u0085〈〉（一）1.、。"),
    ),
    max_size=60,
)


TYPED = ("name", "office", "address", "phone", "website")


@settings(max_examples=25, deadline=None)
@given(
    texts=st.fixed_dictionaries(dict.fromkeys(samples.TEXTS, ODD)),
    facts=st.fixed_dictionaries(dict.fromkeys(TYPED, ODD)),
)
def test_whatever_is_typed_the_page_is_made_and_proven(texts, facts):
    """As many texts as four fields of fifty pages have, in fewer pages: each is proven twice."""
    report = samples.full()
    try:
        made = samples.made(replace(report, body={**report.body, **facts}, texts=texts))
    except InputError:
        return  # a character that no document can hold: refused for Word, too
    assert set(made) == {PAGE, FRAGMENT}
    assert "<" not in html.fromstring(made[FRAGMENT]).text_content()
