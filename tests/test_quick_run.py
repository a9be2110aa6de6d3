"""What `tests/run.py --quick` runs is there, covers what it says, and needs no tool."""

from pathlib import Path

import run

TESTS = Path(__file__).parent
CHOSEN = [a for a in run.quick() if a.startswith("tests/")]


def test_every_file_that_is_chosen_or_left_out_is_there():
    assert [p for p in CHOSEN if not (run.ROOT / p).exists()] == []
    assert [p for p in run.NOT_QUICK if not (TESTS / p).is_file()] == []


def test_every_rule_every_reader_and_the_document_are_among_them():
    assert {"tests/checks", "tests/document/test_render.py"} <= set(CHOSEN)
    for reader in ("pdf_parts", "html_parts", "word_parts", "plain_text"):
        assert f"tests/published/test_{reader}.py" in CHOSEN
    assert {"tests/workbook/test_quick_parts.py", "tests/workbook/test_thorough.py"} <= set(CHOSEN)


def test_the_marks_of_tools_are_those_that_pytest_knows(pytestconfig):
    known = {line.partition(":")[0] for line in pytestconfig.getini("markers")}
    assert set(run.TOOLS) <= known


def test_what_is_missing_is_installed_at_once_and_one_that_is_not_to_be_had_takes_no_other_along(monkeypatch, capsys):
    asked = []

    def apt(*packages):
        asked.append(packages)
        return "chromium" not in packages

    monkeypatch.setattr(run, "UNO", TESTS)
    monkeypatch.setattr(run.start, "apt", apt)
    monkeypatch.setattr(run.shutil, "which", lambda program: None if program in ("chromium", "java", "npm") else "/bin")
    run.tools()
    together, *alone = asked
    assert set(together) == {*run.BROWSER, run.JAVA, "nodejs", "npm"}
    assert alone == [run.BROWSER, (run.JAVA,), ("nodejs", "npm")]
    assert "没有 Chromium" in capsys.readouterr().err
    monkeypatch.setattr(run.shutil, "which", lambda _: "/bin")
    monkeypatch.setattr(run, "MODULES", ())
    asked.clear()
    run.tools()
    assert asked == []
