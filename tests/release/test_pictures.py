"""The pictures in the documentation show what the product looks like now: all are taken anew and compared."""

import re
import shutil

import numpy as np
import pytest
from PIL import Image

import camera
import office
from county_desk.browser import CHROMIUM
from docs.printed import ROOT, pages

pytestmark = pytest.mark.xdist_group("pictures")

KEPT = ROOT / "docs" / "pictures"
DIFFERENT, SHARE = 48, 0.02
"""A pixel counts from this difference of 255 on; a hinted glyph or an edge may shift, a new column may not."""


def pixels(path):
    """A picture's pixels as rows of red, green and blue."""
    with Image.open(path) as opened:
        return np.asarray(opened.convert("RGB"), dtype=int)


def differing(one, other):
    """The share of pixels that differ between two pictures of the same size."""
    first, second = pixels(one), pixels(other)
    return float((np.abs(first - second).max(axis=2) > DIFFERENT).mean())


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    office.need(shutil.which("soffice") and shutil.which("pdftoppm"), "LibreOffice")
    office.need(CHROMIUM.exists(), "Chromium")
    folder = tmp_path_factory.mktemp("pictures")
    camera.take(folder)
    return folder


@pytest.mark.office
@pytest.mark.browser
@pytest.mark.parametrize("name", sorted(p.name for p in KEPT.glob("*.png")))
def test_a_picture_is_what_the_product_looks_like_now(taken, name):
    now, kept = taken / name, KEPT / name
    assert pixels(now).shape == pixels(kept).shape, "run python docs/build.py pictures"
    assert differing(now, kept) <= SHARE, "run python docs/build.py pictures"


def test_a_picture_with_another_row_counts_as_different(tmp_path):
    moved = pixels(KEPT / "check.png")
    moved[25:] = moved[:-25].copy()
    Image.fromarray(moved.astype("uint8")).save(tmp_path / "moved.png")
    assert differing(tmp_path / "moved.png", KEPT / "check.png") > SHARE


def test_every_picture_is_shown_somewhere_and_every_one_shown_is_there():
    text = "".join(p.read_text(encoding="utf-8") for p in pages())
    shown = set(re.findall(r"!\[[^]]+\]\((?:\.\./)*(?:docs/)?pictures/([\w.-]+)\)", text))
    assert shown == {p.name for p in KEPT.iterdir()}
