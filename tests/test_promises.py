"""What docs/admin.md promises of every verb, here: it starts no other program and asks no network."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import reports
from nianbao.cli.verbs import VERBS as KNOWN
from nianbao.form import load_edition
from nianbao.workbook import build
from published.test_bad_input import blank_pdf
from windows.test_promises import VERBS, judged

AUDITED = Path(__file__).parent / "windows" / "inside" / "audited.py"


@pytest.fixture
def folder(tmp_path):
    """A folder with what the verbs are asked about."""
    (tmp_path / "这里").mkdir()
    (tmp_path / "这里" / "表.xlsx").write_bytes(build(load_edition(reports.zero().edition), reports.zero()))
    (tmp_path / "这里" / "公布的.pdf").write_bytes(blank_pdf())
    return tmp_path / "这里"


def test_every_verb_is_tried():
    assert {v.name for v in KNOWN} == {words[0] for words in VERBS}


def test_no_verb_starts_a_program_or_reaches_out(folder, tmp_path):
    judged(audited([v for v in VERBS if v[0] != "addin"], folder, tmp_path))


def test_a_start_and_a_way_out_are_noticed(tmp_path):
    (tmp_path / "verbs.py").write_text(
        "import socket, subprocess, sys\n"
        "def run(words):\n"
        "    subprocess.run([sys.executable, '-c', ''])\n"
        "    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))\n"
        "    return {'code': 0, 'out': '', 'err': ''}\n"
    )
    copy = tmp_path / "audited.py"
    copy.write_bytes(AUDITED.read_bytes())
    (told,) = audited([["any"]], tmp_path, tmp_path, copy)
    by_windows = ["_winapi.CreateProcess"] if sys.platform == "win32" else []
    assert [n.split(" ")[0] for n in told["noted"]] == ["subprocess.Popen", *by_windows, "socket.connect"]


def audited(verbs, folder, scratch, script=AUDITED):
    listed = scratch / "verbs.json"
    listed.write_text(json.dumps(verbs), encoding="ascii")
    command = [sys.executable, "-X", "utf8", str(script), str(listed)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)
