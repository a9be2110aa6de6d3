"""The templates that come with the program are those the editions give."""

import subprocess
import sys
from pathlib import Path

import pytest

from nianbao import resources
from nianbao.document import build_template
from nianbao.document.__main__ import main
from nianbao.form import edition_names, load_edition
from office import parts


@pytest.mark.parametrize("name", edition_names())
def test_the_shipped_template_equals_a_fresh_one_part_by_part(name):
    path = resources.template_path(name, "report.docx")
    assert path is not None, "run python -m nianbao.document"
    fresh, shipped = parts(build_template(load_edition(name))), parts(path)
    assert list(fresh) == list(shipped)
    assert [part for part in fresh if fresh[part] != shipped[part]] == []


def test_templates_are_built_without_clock_machine_or_chance():
    code = "import sys; from nianbao.document import build_template as b; from nianbao.form import load_edition as e;"
    code += "sys.stdout.buffer.write(b(e('2021')))"
    source = Path(__file__).resolve().parents[2] / "automation"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONPATH": str(source), "PYTHONHASHSEED": seed},
            check=True, capture_output=True,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert runs == [build_template(load_edition("2021"))] * 2


def test_the_command_writes_one_template_for_each_edition(tmp_path, capsys):
    assert main([str(tmp_path)]) == 0
    assert sorted(p.parent.name for p in tmp_path.glob("*/report.docx")) == edition_names()
    assert len(capsys.readouterr().out.splitlines()) == len(edition_names())


def test_a_template_nobody_ships_is_none():
    assert resources.template_path("1999", "report.docx") is None
    assert resources.template_path("2021", "nothing.docx") is None
