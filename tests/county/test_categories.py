"""公开信息分类 of all bodies, summed by the names they give: for the prose of the whole, where all say them."""

from dataclasses import replace

from openpyxl import load_workbook

import reports
from county import towns
from nianbao import workbook
from nianbao.county import desk_json
from nianbao.county.categories import Categories, named_rows, written
from nianbao.form import load_edition

EDITION = load_edition("2021")


def of(*given):
    """A report that names these categories with these counts."""
    rows = named_rows(EDITION)[: len(given)]
    zero = reports.zero()
    texts = {text: label for (text, _), (label, _) in zip(rows, given, strict=True)}
    values = {key: count for (_, key), (_, count) in zip(rows, given, strict=True)}
    return replace(zero, texts={**zero.texts, **texts}, values={**zero.values, **values})


def sums(**given):
    made = Categories(EDITION)
    for name, report in given.items():
        made.take(name, report)
    return made.sums()


def test_categories_are_summed_by_their_names_however_they_are_spaced_and_ordered():
    found = sums(
        甲镇=of(("政策文件", 3), ("财政 资金", 2)),
        乙镇=of(("财政资金", 5), ("政策文件", 0)),
        丙镇=of(("招考录用", 1)),
    )
    assert [(c.label, c.count, dict(c.named)) for c in found] == [
        ("政策文件", 3, {"甲镇": 3, "乙镇": 0}),
        ("财政 资金", 7, {"甲镇": 2, "乙镇": 5}),
        ("招考录用", 1, {"丙镇": 1}),
    ]
    texts, values = written(EDITION, found)
    assert list(texts.values()) == ["政策文件", "财政 资金", "招考录用"]
    assert list(values.values()) == [3, 7, 1]


def test_a_body_that_names_no_category_leaves_the_sums_out_of_the_form():
    found = sums(甲镇=of(("政策文件", 3)), 乙镇=of())
    assert [(c.count, c.lacking) for c in found] == [(3, ("乙镇",))]
    assert written(EDITION, found) == ({}, {})
    assert written(EDITION, ()) == ({}, {})


def test_more_categories_than_the_form_has_rows_are_not_cut_but_left_to_the_detail():
    many = {f"单位{n}": of((f"类别{n}", n)) for n in range(len(named_rows(EDITION)) + 1)}
    assert written(EDITION, sums(**many)) == ({}, {})


def run(tmp_path, lacking=()):
    listed, given = towns.whole()
    changed = {}
    for n, member in enumerate(listed, 1):
        own = of() if member.name in lacking else of(("政策文件", n), ("财政资金", 2 * n))
        kept = given[member.name]
        keys = [k for _, k in named_rows(EDITION)]
        texts = {**kept.texts, **{k: v for k, v in own.texts.items() if k.startswith("category")}}
        values = {**kept.values, **{k: own.values[k] for k in keys if k in own.values}}
        changed[member.name] = replace(kept, texts=texts, values=values)
    roster, delivered = towns.write_whole(tmp_path, **changed)
    out = tmp_path / "结果"
    towns.run("batch", delivered, "--roster", roster, "-o", out, "--workers", 1, "--to", "json")
    (form,) = (out / "汇总").glob("*填报表.xlsx")
    (detail,) = (out / "汇总").glob("*明细.xlsx")
    desk = desk_json.loads((out / "desk.json").read_text(encoding="utf-8"))
    rows = list(load_workbook(detail)["公开信息分类"].iter_rows(values_only=True))
    return workbook.read(form).report, rows, desk


def test_the_countys_form_has_the_categories_when_every_body_says_them_and_the_detail_says_who(tmp_path):
    report, rows, desk = run(tmp_path)
    count = len(desk.bodies)
    total = sum(range(1, count + 1))
    (first, key), (second, other) = named_rows(EDITION)[:2]
    assert (report.texts[first], report.values[key]) == ("政策文件", total)
    assert (report.texts[second], report.values[other]) == ("财政资金", 2 * total)
    assert rows[3][:3] == ("政策文件", total, count)
    assert [(c.label, c.count) for c in desk.categories] == [("政策文件", total), ("财政资金", 2 * total)]


def test_the_countys_form_has_no_category_while_a_body_says_none(tmp_path):
    report, rows, desk = run(tmp_path, lacking=(towns.whole()[0][0].name,))
    assert not any(k in report.values for _, k in named_rows(EDITION))
    assert "没有填公开信息分类" in rows[1][0]
    assert desk.categories[0].lacking
