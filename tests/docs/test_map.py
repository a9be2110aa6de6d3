"""The map of the package in the developers' first page names what is there, and all of it at the top."""

import re

import pytest

from docs.printed import ROOT

PACKAGE = ROOT / "automation" / "nianbao"
PAGE = (ROOT / "docs" / "developers" / "README.md").read_text(encoding="utf-8")
MAP = PAGE.partition("## Where everything lives")[2].partition("Imports go one way")[0]
PAGES = [
    *sorted((ROOT / "docs" / "developers").glob("*.md")),
    ROOT / "docs" / "performance.md",
    ROOT / "docs" / "security.md",
]
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


DEFINED = (
    r"^\s*(?:async def|def|class)\s+{0}\b|^\s*(?:self\.)?{0}\b\s*[:=]|^\s*(?:from\s.*)?import\s.*\b{0}\b"
    r"|^    \"?{0}\"?,$|\"{0}\":"
)
"""How a module gives a name: it is defined, assigned, imported or listed there."""


def below_the_package(dotted):
    """What a name like county.run.batch.run is of: the module or folder, and what is left of the name."""
    path, names = PACKAGE, dotted.removeprefix("nianbao.").split(".")
    while names and ((path / names[0]).is_dir() or (path / f"{names[0]}.py").is_file()):
        folder = path / names[0]
        path = folder if folder.is_dir() else folder.with_suffix(".py")
        names.pop(0)
        if path.is_file():
            break
    return path, names


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_every_name_in_a_module_that_a_page_gives_is_there(page):
    tops = {p.stem for p in PACKAGE.iterdir() if not p.name.startswith("__")} | {"nianbao"}
    gone = []
    for dotted in re.findall(r"`([a-z_]+(?:\.\w+)+)(?:\([^`]*)?`", page.read_text(encoding="utf-8")):
        if dotted.split(".")[0] not in tops or dotted.endswith(
            (".py", ".toml", ".md", ".json", ".xlsx", ".css", ".typed", ".xml")
        ):
            continue
        path, names = below_the_package(dotted)
        known = (path if path.is_file() else path / "__init__.py").read_text(encoding="utf-8")
        if path == PACKAGE or any(not re.search(DEFINED.format(n), known, re.MULTILINE) for n in names):
            gone.append(dotted)
    assert gone == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_every_file_of_ours_that_a_page_names_is_there(page):
    folders = {p.name for p in (*PACKAGE.rglob("*"), *(ROOT / "tests").iterdir(), *ROOT.iterdir()) if p.is_dir()}
    places = (*PLACES, PACKAGE, *(p for p in PACKAGE.rglob("*") if p.is_dir()))
    named = re.findall(r"`([\w-]+/[\w/-]+\.(?:py|toml|js|bas|html|css))`", page.read_text(encoding="utf-8"))
    gone = [n for n in named if n.split("/")[0] in folders and not any((p / n).exists() for p in places)]
    assert gone == []
