"""Whatever keeps a program busy with one file is given up, in a sentence; otherwise nothing is left of the watch."""

import json
import os
import subprocess
import sys

import pytest

import reports
from nianbao import document, watch, workbook
from nianbao.cli import main
from nianbao.form import load_edition
from nianbao.register import register_form

LOOP = "while True: pass"
HELD = "import re; re.match('(a+)+$', 'a' * 60 + 'b')"
"""A regular expression that backtracks for ever: no other thread gets a turn meanwhile."""


def started(code, folder):
    environment = {**os.environ, "NIANBAO_CACHE": "", "XDG_STATE_HOME": str(folder), "LOCALAPPDATA": str(folder)}
    command = [sys.executable, "-X", "utf8", "-c", f"import sys\nfrom pathlib import Path\n{code}"]
    return subprocess.run(command, capture_output=True, timeout=60, cwd=folder, env=environment, check=False)


def stuck(how, begin):
    return (
        f"from nianbao import pipeline, watch\nimport nianbao.pipeline.file_kinds as reading\n"
        f"watch.PATIENCE, watch._AFTERWARDS = 0.4, 0.4\n"
        f"def forever(*_):\n    {how}\n"
        f"reading._read = forever\n{begin}"
    )


CLI = "from nianbao.cli import main; sys.exit(main(['check', '永平镇.xlsx']))"
LAUNCHER = "from nianbao.excel.launch import main; sys.exit(main(['永平镇.xlsx']))"


BOX = pytest.mark.skipif(sys.platform == "win32", reason="the launcher opens a message box there")


@pytest.mark.parametrize(("begin", "code"), [(CLI, 2), pytest.param(LAUNCHER, 10, marks=BOX)])
def test_a_file_that_never_ends_is_given_up_in_a_sentence(tmp_path, begin, code):
    ended = started(stuck(LOOP, begin), tmp_path)
    said = ended.stderr.decode("utf-8").splitlines()
    assert (ended.returncode, ended.stdout) == (code, b"")
    assert said == [f"“永平镇.xlsx”：{watch.slow_text(0.4)}。"]


def test_what_lets_no_thread_take_its_turn_is_ended_too(tmp_path):
    ended = started(stuck(HELD, CLI), tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, b"", b"")


def test_nobody_is_watched_who_did_not_begin(tmp_path):
    code = """
import time
from nianbao import watch
watch.PATIENCE = 0.1
watch.watched(lambda path: time.sleep(1))(Path("永平镇.xlsx"))
print("完了")
"""
    assert started(code, tmp_path).stdout.decode("utf-8").strip() == "完了"


def test_a_file_in_time_is_not_given_up_later_and_one_within_another_shares_its_time(tmp_path):
    code = """
import time
from nianbao import watch
watch.PATIENCE, watch._AFTERWARDS = 1.5, 0.1
watch.begin(lambda told: print(told, flush=True) or 7)
inner = watch.watched(lambda p, n: time.sleep(n))
@watch.watched
def outer(p):
    inner(p, 0.8)
    inner(p, {second})
for n in range(2):
    inner(Path("一"), 1)
time.sleep(2)
print("还在", flush=True)
outer(Path("二"))
print("完了", flush=True)
"""
    assert started(code.format(second=0.1), tmp_path).stdout.decode("utf-8").split() == ["还在", "完了"]
    late = started(code.format(second=30), tmp_path)
    assert late.returncode == 7
    before, told = late.stdout.decode("utf-8").splitlines()
    assert (before, told[:13]) == ("还在", "“二”：处理这个文件超过 ")


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sent")
    report, edition = reports.zero(), load_edition("2021")
    (folder / "表.xlsx").write_bytes(workbook.build(edition, report))
    (folder / "模板.docx").write_bytes(document.build_template(edition))
    (folder / "数据.json").write_text(json.dumps({"edition": "2021", "year": 2025, "values": {}}), encoding="utf-8")
    (folder / "年报.txt").write_text("政府信息公开工作年度报告\n" * 50, encoding="utf-8")
    (folder / "台账.xlsx").write_bytes(register_form.blank(edition))
    (folder / "格式.toml").write_text('base = "2021"\nid = "x"\n', encoding="utf-8")
    return folder


VERBS = [
    ["check", "表.xlsx"],
    ["check", "数据.json"],
    ["make", "表.xlsx", "-o", "出"],
    ["read", "年报.txt", "-o", "读.xlsx"],
    ["verify", "模板.docx", "表.xlsx"],
    ["new", "--body", "永平镇人民政府", "--year", "2025", "--from", "数据.json", "-o", "新.xlsx"],
    ["register", "check", "台账.xlsx"],
    ["template", "check", "模板.docx"],
    ["editions", "check", "格式.toml"],
    ["batch", ".", "-o", "结果", "--workers", "1"],
]


@pytest.mark.parametrize("typed", VERBS, ids=[" ".join(v[:2]) for v in VERBS])
def test_every_verb_that_reads_a_file_is_watched(sent, typed, monkeypatch, capsys):
    seen = []
    monkeypatch.chdir(sent)
    monkeypatch.setattr(watch, "start_new_thread", lambda _, args: seen.append(args[1]))
    monkeypatch.setattr(watch._State, "give_up", None)
    main(typed)
    said = capsys.readouterr()
    assert seen, (said.out, said.err)
