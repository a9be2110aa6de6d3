"""A small form with one piece taken out works through every verb, or is refused by `editions check` with a reason."""

import copy
import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from nianbao import pipeline, workbook
from nianbao.cli import main
from nianbao.county.keeping import store as stores
from nianbao.county.run import batch, runners
from nianbao.county.run.collect import Wish
from nianbao.form import load_edition
from nianbao.report import dumps

WHOLE = tomllib.loads((Path(__file__).parents[1] / "cases" / "website.toml").read_text(encoding="utf-8"))


def pieces(raw, path=()):
    """Yield the place of everything that can be taken out: keys, and items of lists, at any depth."""
    for key, value in raw.items() if isinstance(raw, dict) else enumerate(raw):
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from pieces(value, (*path, key))


def without(path):
    made = copy.deepcopy(WHOLE)
    holder = made
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    return "".join(f"{k} = {toml(v)}\n" for k, v in made.items())


def toml(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


def told_apart(path):
    """Leave out the inside of rows like others: one row of each depth of labels is taken apart."""
    return path[:3] != ("tables", 0, "rows") or len(path) < 5 or path[3] in (0, 2, 8)


PIECES = [p for p in pieces(WHOLE) if told_apart(p)]


EACH = 8
"""Of so many pieces one is tried each time; all of them with `pytest -m soak tests/form/test_pieces.py`."""


@pytest.mark.parametrize(
    "path",
    [pytest.param(p, marks=[] if n % EACH == 0 else [pytest.mark.soak]) for n, p in enumerate(PIECES)],
    ids=lambda p: ".".join(map(str, p)),
)
def test_it_works_or_is_refused(path, tmp_path, capsys):
    form = tmp_path / "own.toml"
    form.write_text(without(path), encoding="utf-8")
    code = main(["editions", "check", str(form)])
    assert capsys.readouterr().out
    if code == 0:
        every_verb(form, tmp_path)
    assert code in (0, 1)


def every_verb(form, folder):
    edition = load_edition(str(form))
    sent = folder / "收到"
    sent.mkdir()
    book = sent / "甲.xlsx"
    blank = replace(pipeline.fresh_report(edition, "甲镇人民政府", 2025, None, {}), edition=edition.id)
    book.write_bytes(workbook.build(edition, blank))
    assert workbook.build(edition, replace(blank, values={}, texts={}, body={}, year=None))
    checked = pipeline.check_file(book, str(form))
    pipeline.annotate(checked, folder / "标注.xlsx")
    made = pipeline.make(checked, folder / "报告", ("docx", "html", "csv", "json"), draft=True, check_sheet=True)
    (document,) = [p for p in made.files if p.suffix == ".docx" and "校核" not in p.name]
    assert not [f for f in pipeline.verify(document, book, str(form)).findings if f.rule == "V1"]
    assert pipeline.read(document, str(form)).edition == edition
    filled = folder / "甲.json"
    filled.write_text(dumps(replace(blank, values=dict.fromkeys(edition.values, 1))), encoding="utf-8")
    assert pipeline.check_file(filled, str(form)).verdicts
    with stores.opened(folder / "结果") as store:
        batch.run(store, [sent], None, Wish(str(form), 2025, ("docx", "html")), runners.here)
