"""The templates that come with the program are those the editions give."""

import subprocess
import sys
from pathlib import Path

from nianbao import resources
from nianbao.document import build_template
from nianbao.form import load_edition


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


def test_a_template_nobody_ships_is_none():
    assert resources.template_path("1999", "report.docx") is None
    assert resources.template_path("2021", "nothing.docx") is None
