"""The map of the package in the developers' first page names what is there, and all of it at the top."""

import re

from docs.printed import ROOT

PACKAGE = ROOT / "automation" / "nianbao"
PAGE = (ROOT / "docs" / "developers" / "README.md").read_text(encoding="utf-8")
MAP = PAGE.partition("## Where everything lives")[2].partition("Imports go one way")[0]
PLACES = (ROOT, *(ROOT / name for name in ("automation", "docs", "docs/developers", "tests")))


def test_every_module_and_package_at_the_top_is_on_the_map():
    there = [p.name if p.is_file() else f"{p.name}/" for p in PACKAGE.iterdir() if not p.name.startswith("__")]
    names = set(re.findall(r"[\w./]+", MAP))
    assert sorted(n for n in there if n.endswith((".py", "/")) and n not in names) == []


def test_everything_on_the_map_is_there():
    named = set(re.findall(r"[\w/-]+\.(?:py|toml|md)\b|\b[a-z_]+/(?=[\s(,;:)])", MAP)) - {"src/"}
    assert len(named) > 60
    gone = [n for n in named if not any((p / n).exists() for p in PLACES) and not list(PACKAGE.rglob(n.rstrip("/")))]
    assert gone == []
