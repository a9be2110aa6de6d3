"""Elements that are alike share one look: it is the look that each of them would get by itself."""

import dataclasses
import random

import pytest
from lxml import html

import reports
from nianbao.form import edition_names, load_edition
from nianbao.publish import page
from nianbao.visible.page.eye import PageEye

STYLES = ("display:none", "color:#fff", "font-size:1px", "position:absolute;left:-9999px", "opacity:.05", "float:right",
          "visibility:hidden", "vertical-align:super", "background:#000", "direction:rtl", "letter-spacing:2em",
          "width:0;overflow:hidden", "list-style-type:decimal")  # fmt: skip
SELECTORS = ("td", "tr", "th", "p", "td span", "tr:nth-child(2)", "table", ".a", "td:hover", "li", "td>b", "td:empty",
             "[dir]", "#one", "th[colspan]")  # fmt: skip
TAGS = ("details", "font", "li", "bdo", "q", "sup", "td", "dialog", "span")
ATTRIBUTES = {"class": "a", "id": "one", "hidden": "", "dir": "rtl", "bgcolor": "black", "color": "#fff", "size": "1",
              "background": "a.png", "open": "", "popover": "", "colspan": "2"}  # fmt: skip


class NothingKept(dict):
    """Keeps no look, so that each element gets its own."""

    def __contains__(self, key):
        return False


@pytest.fixture(scope="module", params=edition_names())
def written(request):
    edition, report = load_edition(request.param), reports.random_report(random.Random(2), request.param)
    return page.page_files(edition, report, page.Asked())[".html"]


def changed(rng, root):
    """Some rules and some elements of a page changed."""
    rules = []
    for _ in range(rng.randint(1, 5)):
        rule = f"{rng.choice(SELECTORS)}{{{rng.choice(STYLES)}}}"
        rules.append(f"@media (min-width:{rng.randint(1, 900)}px){{{rule}}}" if rng.random() < 0.3 else rule)
    root.append(html.fragment_fromstring(f"<style>{''.join(rules)}</style>"))
    for element in rng.sample([e for e in root.iter() if isinstance(e.tag, str)], 12):
        drawn = rng.random()
        if drawn < 0.4:
            element.set("style", rng.choice(STYLES))
        elif drawn < 0.8:
            element.set(*rng.choice(list(ATTRIBUTES.items())))
        else:
            element.tag = rng.choice(TAGS)


def looks(root, eye):
    return [dataclasses.astuple(eye.look(element)) for element in root.iter()]


@pytest.mark.parametrize("seed", range(6))
def test_every_element_looks_as_it_would_by_itself(written, seed):
    root = html.document_fromstring(written)
    if seed:
        changed(random.Random(seed), root)
    each = PageEye(root)
    each._alike = NothingKept()
    assert looks(root, PageEye(root)) == looks(root, each)


def test_most_cells_of_a_page_share_a_look(written):
    root = html.document_fromstring(written)
    eye = PageEye(root)
    cells = [eye.look(cell) for cell in root.iter("td")]
    assert len({id(look) for look in cells}) < len(cells) / 10


def test_one_that_is_folded_away_is_not_like_the_same_beside_it():
    root = html.document_fromstring(
        '<div><p style="color:#333">1</p><details><p style="color:#333">2</p></details></div>'
    )
    eye = PageEye(root)
    assert [eye.look(p).gone for p in root.iter("p")] == [False, True]


def test_of_two_in_a_cell_each_is_looked_at_by_what_it_holds():
    small = '<small style="font-size:9px;vertical-align:1px">'
    root = html.document_fromstring(f"<table><tr><td>1{small}2</small>{small}</small>")
    eye = PageEye(root)
    assert [bool(eye.look(s).local) for s in root.iter("small")] == [True, False]
