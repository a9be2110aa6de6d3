"""The ten-minute tutorial, followed as printed: its commands in order, its tables typed into the cells they name."""

import os
import re
import shlex

import pytest
from openpyxl import load_workbook

from docs.printed import ROOT
from nianbao.cli import main

PAGE = (ROOT / "docs" / "start.md").read_text(encoding="utf-8")
_STEP = re.compile(
    r"^```sh\n(?P<run>.*?)\n```$|^```text\n(?P<shown>.*?)^```$"
    r"|^\| (?P<sheet>\S+) \| (?P<cell>[A-Z]+\d+) \| [^|]+ \| (?P<typed>[^|]+) \|$",
    re.MULTILINE | re.DOTALL,
)
WORKBOOK = "永平镇2023.xlsx"


def steps():
    """Yield the page's steps as (kind, what): run, shown, or type."""
    for match in _STEP.finditer(PAGE):
        if match["run"]:
            yield "run", match["run"]
        elif match["shown"]:
            yield "shown", match["shown"]
        else:
            yield "type", (match["sheet"], match["cell"], match["typed"].strip())


def typed(path, sheet, cell, text):
    """Type a text into a cell as a person would: digits become a number."""
    book = load_workbook(path)
    book[sheet][cell].value = int(text) if text.isdecimal() else text
    book.save(path)


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("十分钟")
    patch = pytest.MonkeyPatch()
    patch.chdir(folder)
    yield folder
    patch.undo()


def test_the_tutorial_works_as_printed(followed, capsys):
    kinds, codes, said = [], [], ""
    for kind, what in steps():
        kinds.append(kind)
        if kind == "run":
            program, script, *arguments = shlex.split(what)
            assert (program, script) == ("python3", "automation/start.py")
            codes.append(main(arguments))
            said = capsys.readouterr().out.replace(os.sep, "/")
        elif kind == "shown":
            assert [line for line in what.splitlines() if line not in said] == []
        else:
            typed(followed / WORKBOOK, *what)
    assert codes == [0, 0, 1, 0, 0]
    assert kinds.count("type") == 8
    assert kinds.count("shown") == 5


def test_what_each_cell_of_the_tutorial_is_called_is_what_the_workbook_calls_it(tmp_path):
    assert main(["new", "--body", "永平镇人民政府", "--year", "2023", "-o", str(tmp_path / "a.xlsx")]) == 0
    book = load_workbook(tmp_path / "a.xlsx")
    for sheet, cell, name in re.findall(r"^\| (\S+) \| ([A-Z]+\d+) \| ([^|]+) \|", PAGE, re.MULTILINE):
        row = book[sheet][cell].row
        label = "".join(str(c.value or "") for c in book[sheet][row][:3])
        if sheet == "基本信息":
            assert label.startswith(name.strip())
        elif sheet == "表三":
            column, last = name.strip().split("·")
            assert last in label
            assert book[sheet].cell(5, book[sheet][cell].column).value == column


def test_the_tutorial_leads_on_to_pages_that_exist():
    for page in re.findall(r"\]\(([\w-]+\.md)\)", PAGE):
        assert (ROOT / "docs" / page).is_file()
