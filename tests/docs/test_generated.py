"""The generated pages say what the program says."""

import importlib.util
from pathlib import Path

import pytest

import drawing
import history
import office

DOCS = Path(__file__).parents[2] / "docs"


def builder():
    spec = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["rules", "commands"])
def test_the_page_is_what_the_program_would_generate_now(page):
    expected = getattr(builder(), page)()
    assert expected == (DOCS / f"{page}.md").read_text(encoding="utf-8"), "run python docs/build.py"


def test_the_page_of_changes_and_the_drawing_are_what_the_program_would_generate_now():
    assert history.page() == (DOCS / "rule-changes.md").read_text(encoding="utf-8"), "run python docs/build.py"
    drawn = drawing.architecture(DOCS.parent / "pyproject.toml")
    assert drawn == (DOCS / "pictures" / "architecture.svg").read_text(encoding="utf-8"), "run python docs/build.py"


def test_the_templates_are_what_the_program_would_generate_now():
    for name, data in builder().templates().items():
        committed = DOCS.parent / "templates" / name
        same = (
            data == committed.read_bytes() if name.endswith(".html") else office.parts(data) == office.parts(committed)
        )
        assert same, f"{name}: run python docs/build.py"
