"""The forms of an issue are what GitHub understands, and ask for no real person's data."""

import re
import subprocess
import sys

import pytest
import yaml

from nianbao.cli.verbs import parse
from release.locks import ROOT

FOLDER = ROOT / ".github" / "ISSUE_TEMPLATE"
FORMS = sorted(p for p in FOLDER.glob("*.yml") if p.name != "config.yml")


@pytest.mark.parametrize("path", [*FORMS, FOLDER / "config.yml"], ids=lambda p: p.name)
def test_a_form_fits_the_schema_of_forms(path):
    schema = "vendor.github-issue-config" if path.name == "config.yml" else "vendor.github-issue-forms"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.name)
def test_every_question_is_in_chinese_with_english_beside_it(path):
    asked = [b["attributes"]["label"] for b in yaml.safe_load(path.read_text(encoding="utf-8"))["body"] if "id" in b]
    assert asked
    for label in asked:
        chinese, english = label.split(" · ")
        assert any("\u4e00" <= c <= "\u9fff" for c in chinese)
        assert english.isascii()


def questions(name):
    body = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))["body"]
    return {b["id"]: b for b in body if "id" in b}


def test_a_mistake_needs_a_made_up_file_and_a_rule_its_source():
    bug, rule = questions("bug.yml"), questions("rule.yml")
    for question in (bug["file"], bug["version"], rule["rule"], rule["source"]):
        assert question["validations"]["required"]
    assert [box["required"] for box in bug["invented"]["attributes"]["options"]] == [True]


def test_the_commands_that_a_form_names_are_the_programs():
    text = "".join(p.read_text(encoding="utf-8") for p in FORMS)
    named = re.findall(r"`nianbao ([^`]+)`", text)
    assert len(named) == 3
    for words in named:
        parse(words.split())
