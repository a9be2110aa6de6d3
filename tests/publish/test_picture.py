"""图解: every number is the report's, blanks are left out and said so, nothing typed is markup, same bytes twice."""

import builtins
import io
import random
import re
import struct
import tomllib
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree

import reports
from nianbao import pipeline
from nianbao.cli import main
from nianbao.demo import sample
from nianbao.errors import OutputError
from nianbao.form import load_edition
from nianbao.numbers import spell
from nianbao.publish import canvas, picture
from nianbao.publish.picture_figures import key_figures
from nianbao.report import dumps

SVG = "{http://www.w3.org/2000/svg}"
EDITIONS = ("2021", "2019", "wuping-2022")
GROUPS = ("full_grant", "partial_grant", "denied", "unavailable", "not_processed", "other")


pytestmark = pytest.mark.usefixtures("canvas_and_fonts")


def drawn(name="2021", seed=3, last_seed=4):
    report = reports.random_report(random.Random(seed), name)
    last = replace(reports.random_report(random.Random(last_seed), name), year=report.year - 1)
    return reports.reading(report, last_year=last if last_seed else None)


def texts(svg):
    return ["".join(t.itertext()) for t in etree.fromstring(svg).iter(f"{SVG}text")]


def told(svg, tag):
    return next(etree.fromstring(svg).iter(f"{SVG}{tag}")).text


def numbers(shown):
    """Every number of the picture but those of years and dates."""
    return [int(n) for t in shown for n in re.findall(r"\d+", re.sub(r"\d{4}年(\d+月\d+日)?", "", t))]


def expected(report):
    """What the picture must show of one year, added up here in another way than there."""
    values, edition = report.values, load_edition(report.edition)
    found = [values[f"requests.{r}.total"] for r in ("received", "pending_start", "total", "pending_end")]
    for group in GROUPS:
        keys = [k for k in values if re.fullmatch(rf"requests\.{group}(\.\w+)?\.total", k)]
        found.append(sum(values[k] for k in keys))
    found += [v for k, v in values.items() if re.fullmatch(r"requests\.received\.(?!total)\w+", k)]
    documents = "regulations|normative_documents"
    found += [v for k, v in values.items() if re.fullmatch(rf"proactive\.({documents})\.\w+", k)]
    found += [v for k, v in values.items() if re.fullmatch(r"proactive\.\w+\.decisions", k)]
    found += [values[v.key] for v in edition.table["review"].values]
    return found


@pytest.mark.parametrize("name", EDITIONS)
@pytest.mark.parametrize("seed", range(5))
def test_every_number_is_the_reports_and_last_years(name, seed):
    ours = drawn(name, seed, seed + 100)
    shown = numbers(texts(picture.whole(ours).svg()))
    assert sorted(shown) == sorted(expected(ours.report) + expected(ours.last_year))


@pytest.mark.parametrize("name", EDITIONS)
def test_without_last_year_only_this_years_numbers_stand(name):
    ours = drawn(name, last_seed=0)
    shown = texts(picture.whole(ours).svg())
    assert sorted(numbers(shown)) == sorted(expected(ours.report))
    assert not any("2024" in t for t in shown)


def test_the_words_for_those_who_cannot_see_it_say_the_same_numbers():
    ours = drawn()
    svg = picture.whole(ours).svg()
    assert sorted(numbers([told(svg, "desc")])) == sorted(expected(ours.report) + expected(ours.last_year))
    assert told(svg, "title") == "示例镇人民政府2025年政府信息公开工作年度报告图解"
    root = etree.fromstring(svg)
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title description")


def test_the_small_picture_shows_the_flow_of_requests_and_their_results():
    ours = drawn(last_seed=0)
    assert sorted(numbers(texts(picture.small(ours).svg()))) == sorted(expected(ours.report)[:10])


def test_last_years_form_may_be_another():
    last = replace(reports.random_report(random.Random(8), "2019"), year=2020)
    ours = reports.reading(replace(reports.random_report(random.Random(9), "2021"), year=2021), last_year=last)
    figures = key_figures(ours)
    assert [f.before for f in figures.results] == expected(last)[4:10]
    assert [f.before for line in figures.documents for f in line.figures] == [None] * 6


def test_blanks_are_left_out_and_said_and_a_sum_with_a_blank_is_blank():
    ours = drawn(last_seed=0)
    gone = ("requests.denied.state_secret.total", "requests.received.business", "review.reconsideration.total")
    values = {k: v for k, v in ours.report.values.items() if k not in gone}
    svg = picture.whole(replace(ours, report=replace(ours.report, values=values))).svg()
    said = "".join(texts(svg))
    assert "年报中没有填写、图中没有列出的：办理结果“不予公开”、申请人“商业企业”、行政复议“总计”。" in said
    assert "不予公开" in said.split("没有填写")[1]
    assert "不予公开" not in said.split("没有填写")[0]
    whole = expected(ours.report)
    lost = [
        whole[6],
        ours.report.values["requests.received.business"],
        ours.report.values["review.reconsideration.total"],
    ]
    for number in lost:
        whole.remove(number)
    assert sorted(numbers(texts(svg))) == sorted(whole)


def test_a_year_without_requests_is_said_in_words_not_drawn_as_empty_bars():
    said = texts(picture.whole(reports.reading(reports.zero())).svg())
    assert "2025年没有收到政府信息公开申请，也没有上年结转的申请" in said
    assert "2025年没有因政府信息公开引起的行政复议和行政诉讼" in said
    assert "予以公开" not in said
    assert said.count("0") >= 4


def test_a_year_of_zeros_after_a_busy_one_is_drawn_beside_it():
    last = replace(reports.random_report(random.Random(5)), year=2024)
    said = texts(picture.whole(reports.reading(reports.zero(), last_year=last)).svg())
    assert "予以公开" in said
    assert not any("没有收到" in t for t in said)


def test_a_zero_is_never_said_of_what_is_blank():
    values = {k: v for k, v in reports.zero().values.items() if not k.startswith("review.reconsideration.")}
    said = texts(picture.whole(reports.reading(replace(reports.zero(), values=values))).svg())
    assert "2025年已填写的各项均为 0 件" in said
    assert any("没有填写" in t and "行政复议" in t for t in said)


def only(*starts, blank=(), year=2025, number=0):
    """A reading in which only these figures are given, each this number, but for those that are blank."""
    edition = load_edition("2021")
    values = {
        k: reports.number_for(edition, k, number) for k in edition.values if k.startswith(starts) and k not in blank
    }
    return reports.reading(replace(reports.zero(), values=values, year=year))


NEW, CARRIED = "requests.received.total", "requests.pending_start.total"


@pytest.mark.parametrize(
    ("ours", "said"),
    [(only("requests."), "2025年没有收到政府信息公开申请，也没有上年结转的申请"),
     (only("requests.", blank=(NEW,)), "2025年各项办理结果均为 0 件"),
     (only("requests.", blank=(CARRIED,), year=None), "本年各项办理结果均为 0 件"),
     (only("requests.received.", "proactive.regulations.", blank=(NEW,)), "2025年各类申请人均为 0 件")],
)  # fmt: skip
def test_of_a_year_of_zeros_no_more_is_said_than_they_say(ours, said):
    shown = texts(picture.whole(ours).svg())
    assert [t for t in shown if "没有收到" in t or "均为 0 件" in t] == [said]


def test_signs_stand_between_the_four_numbers_only_where_all_are_there_and_add_up():
    signs = {"＋", "＝", "+", "="}
    assert signs & set(texts(picture.whole(only("requests.")).svg()))
    assert not signs & set(texts(picture.whole(only("requests.", blank=(CARRIED,))).svg()))
    unequal = only("requests.", number=3)
    values = {**unequal.report.values, NEW: 9}
    assert not signs & set(texts(picture.whole(replace(unequal, report=replace(unequal.report, values=values))).svg()))


@pytest.mark.parametrize(
    ("ours", "heads"),
    [(only("requests."), {"政府信息公开申请"}),
     (only("proactive.regulations."), {"主动公开政府信息"}),
     (only("proactive.licences.decisions"), {"主动公开政府信息"}),
     (only("review."), {picture._REVIEWS})],
)  # fmt: skip
def test_a_part_without_figures_has_no_heading_either(ours, heads):
    shown = set(texts(picture.whole(ours).svg()))
    assert shown & {"政府信息公开申请", "主动公开政府信息", picture._REVIEWS} == heads


def test_a_report_without_a_year_names_none():
    shown = texts(picture.whole(only("requests.", year=None)).svg())
    assert "政府信息公开工作年度报告图解" in shown
    assert not any("统计期限" in t or "None" in t for t in shown)


def test_a_long_list_of_what_is_blank_goes_on_in_the_next_line():
    gone = [k for k in reports.zero().values if k.startswith(("proactive.", "review."))]
    made = picture.whole(only("requests.", *gone[::2]))
    shown = texts(made.svg())
    start = next(i for i, t in enumerate(shown) if "年报中没有填写" in t)
    assert shown[-1].endswith("。")
    assert len(shown) > start + 1
    assert all(t[0] not in "、。”" for t in shown[start:])
    test_no_word_stands_outside_the_sheet(only("requests.", *gone[::2]), picture.whole)


def test_a_report_without_any_of_the_figures_gives_no_picture():
    with pytest.raises(OutputError, match="没有可以画成图解的数字"):
        picture.whole(reports.reading(replace(reports.zero(), values={})))


def test_a_report_without_figures_of_requests_says_so_in_the_small_picture():
    values = {k: v for k, v in reports.zero().values.items() if not k.startswith("requests.")}
    said = texts(picture.small(reports.reading(replace(reports.zero(), values=values))).svg())
    assert "年报中没有填写申请办理的数字" in said
    assert "0" not in said


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>&amp;\"'", "$x^2$ $", r"\frac{1}{2}", "{{ 7*7 }}", "]]><g/>"]
)
def test_a_name_with_markup_stays_a_name(name):
    report = reports.zero()
    svg = picture.whole(reports.reading(replace(report, body={**report.body, "name": name}))).svg()
    root = etree.fromstring(svg)
    assert name in texts(svg)
    assert [e for e in root.iter() if etree.QName(e).localname in ("script", "image", "foreignObject", "a")] == []
    assert told(svg, "title").startswith(name)


def test_the_svg_names_nothing_elsewhere_and_no_clock_and_no_program():
    svg = picture.whole(drawn()).svg().decode("utf-8")
    assert "DOCTYPE" not in svg
    assert re.findall(r"https?://(?!www\.w3\.org/(?:2000/svg|1999/xlink))[^\"']+", svg) == []
    for word in ("atplotlib", "metadata", "<dc:", "<script"):
        assert word not in svg
    assert "'Microsoft YaHei'" in svg


def test_the_same_report_gives_the_same_bytes():
    one, other = picture.whole(drawn()), picture.whole(drawn())
    assert one.svg() == other.svg()
    assert one.png() == other.png()
    assert picture.whole(drawn(seed=7)).svg() != one.svg()


def test_the_png_is_as_wide_as_a_sheet_and_says_nothing_of_program_and_time():
    png = picture.whole(drawn()).png()
    width, height = struct.unpack(">II", png[16:24])
    assert width == int(210 / 25.4 * picture.DPI)
    assert height > 1500
    kinds, at = [], 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kinds.append(png[at + 4 : at + 8])
        at += 12 + length
    assert b"tIME" not in kinds
    assert b"atplotlib" not in png


def test_this_year_and_last_differ_in_grey_and_by_pattern():
    from nianbao.publish import picture_parts as parts  # noqa: PLC0415

    def grey(colour):
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert abs(grey(parts.BLUE) - grey(parts.BEFORE_FILL)) > 120
    assert "url(#h" in picture.whole(drawn()).svg().decode()  # the hatch of last year's bars
    for colour in (parts.INK, parts.SOFT, parts.BLUE, parts.DEEP):
        assert grey(parts.PALE) - grey(colour) > 120


@pytest.mark.parametrize("ours", [drawn(), drawn("2019"), reports.reading(reports.zero()), sample()])
@pytest.mark.parametrize("draw", [picture.whole, picture.small])
def test_no_word_stands_outside_the_sheet(ours, draw):
    made = draw(ours)
    sheet = made.canvas._figure.bbox
    for text, box in boxes(made):
        assert sheet.x0 <= box.x0, text
        assert box.x1 <= sheet.x1, text
        assert sheet.y0 <= box.y0, text
        assert box.y1 <= sheet.y1, text


def boxes(made):
    """Every text with the box it takes on the sheet."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415

    renderer = FigureCanvasAgg(made.canvas._figure).get_renderer()
    return [(t.get_text(), t.get_window_extent(renderer)) for t in made.canvas._axes.texts]


def test_the_library_asked_for_is_the_one_the_project_names():
    root = Path(__file__).parents[2]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    (needed,) = project["project"]["optional-dependencies"]["picture"]
    assert f'pip install "{needed}"' in (root / "docs" / "pdf-picture.md").read_text(encoding="utf-8")


def test_a_long_name_is_made_to_fit():
    report = reports.zero()
    long = reports.reading(replace(report, body={**report.body, "name": "示例省示例市" * 8}))
    test_no_word_stands_outside_the_sheet(long, picture.whole)


def test_words_do_not_run_into_each_other():
    big = {k: 98765432 if isinstance(v, int) else v for k, v in reports.zero().values.items()}
    ours = replace(reports.zero(), values=big)
    for draw in (picture.whole, picture.small):
        made = draw(reports.reading(ours, last_year=replace(ours, year=2024)))
        placed = boxes(made)
        for i, (word, box) in enumerate(placed):
            for other, near in placed[i + 1 :]:
                apart = box.x1 <= near.x0 + 1 or near.x1 <= box.x0 + 1
                above = box.y1 <= near.y0 + 3 or near.y1 <= box.y0 + 3
                assert apart or above, (word, other)


def test_a_draft_is_marked():
    assert picture.DRAFT in texts(picture.whole(drawn(), draft=True).svg())
    assert picture.DRAFT in texts(picture.small(drawn(), draft=True).svg())
    assert picture.DRAFT not in texts(picture.whole(drawn()).svg())


def test_without_the_library_it_is_said_how_to_install_it_and_the_rest_is_made(tmp_path, monkeypatch, capsys):
    usual = builtins.__import__

    def absent(name, *rest, **more):
        if name.split(".")[0] == "matplotlib":
            raise ModuleNotFoundError(name)
        return usual(name, *rest, **more)

    canvas._load.cache_clear()
    monkeypatch.setattr(builtins, "__import__", absent)
    try:
        file = tmp_path / "x.json"
        file.write_text(dumps(reports.zero()), encoding="utf-8")
        assert main(["make", str(file), "-o", str(tmp_path / "out"), "--to", "docx,svg"]) == 1
        assert [p.suffix for p in (tmp_path / "out").iterdir()] == [".docx"]
        assert "不带画图解的组件" in capsys.readouterr().err
        assert main(["make", str(file), "-o", str(tmp_path / "out"), "--to", "svg"]) == 2
        assert main(["make", str(file), "-o", str(tmp_path / "page"), "--to", "html,svg,png"]) == 1
        assert not [p for p in (tmp_path / "page").glob("*.html") if "（图解" in unquote(p.read_text(encoding="utf-8"))]
    finally:
        canvas._load.cache_clear()


def test_without_a_chinese_font_it_is_said_and_no_boxes_are_drawn(monkeypatch):
    canvas.installed.cache_clear()
    monkeypatch.setattr(canvas, "FAMILIES", ("No Such Family",))
    try:
        with pytest.raises(OutputError, match="没有画图解可用的中文字体"):
            picture.whole(drawn())
    finally:
        canvas.installed.cache_clear()


def test_a_broken_font_file_is_passed_over(tmp_path, monkeypatch):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    canvas.installed.cache_clear()
    monkeypatch.setattr(canvas, "FAMILIES", ("No Such Family",))
    monkeypatch.setattr(canvas._load().font_manager, "findSystemFonts", lambda: [str(broken), str(tmp_path / "x.ttf")])
    try:
        with pytest.raises(OutputError, match="没有画图解可用的中文字体"):
            canvas.installed()
    finally:
        canvas.installed.cache_clear()


def test_a_character_that_no_font_has_is_named():
    report = reports.zero()
    strange = reports.reading(replace(report, body={**report.body, "name": "\U000e0041镇人民政府"}))
    with pytest.raises(OutputError, match=r"U\+E0041"):
        picture.whole(strange)


def test_make_writes_both_pictures_and_the_page_shows_the_small_one(tmp_path):
    file = tmp_path / "x.json"
    file.write_text(dumps(reports.zero()), encoding="utf-8")
    out = tmp_path / "out"
    assert main(["make", str(file), "-o", str(out), "--to", "html,svg,png"]) in (0, 1)
    stem = "示例镇人民政府2025年政府信息公开工作年度报告"
    assert {f"{stem}（{w}）.{e}" for w in ("图解", "图解小图") for e in ("svg", "png")} <= {
        p.name for p in out.iterdir()
    }
    page = (out / f"{stem}.html").read_text(encoding="utf-8")
    (image,) = re.findall(r"<img src=\"([^\"]+)\"", page)
    assert "%E5%B0%8F%E5%9B%BE" in image  # 小图
    checked = pipeline.Checked(file, reports.reading(reports.zero()), ())
    assert pipeline.render(checked, "svg", pipeline.Wanted("x", ("svg",)))["（图解）.svg"].startswith(b"<?xml")


def test_pillow_opens_the_png():
    image = pytest.importorskip("PIL.Image").open(io.BytesIO(picture.small(drawn()).png()))
    assert image.size[0] == int(160 / 25.4 * picture.SMALL_DPI)
    assert spell(7) == "7"
