"""The county's verbs as typed: what they refuse, what they print, their JSON."""

import json

import pytest
from openpyxl import load_workbook

from county import towns
from nianbao.cli import main
from nianbao.county import demo
from nianbao.county.run import outcome, processes


@pytest.fixture
def run(capsys):
    """Run a verb; returns exit code, stdout, stderr."""

    def run_(*arguments):
        code = main([str(a) for a in arguments])
        return code, *capsys.readouterr()

    return run_


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["roster", "-o", "名册.xls"], "“名册.xls”：名册的文件名要以 .xlsx 结尾"),
        (["rollup", ".", "-o", "全县"], "“全县”：汇总表的文件名要以 .xlsx 结尾"),
        (["batch", ".", "-o", "结果", "--earlier", "去年"], "“去年”里没有 desk.json，不是 batch 的结果文件夹"),
        (["batch", ".", "-o", "结果", "--workers", "-1"], "--workers 应是1或更大的整数"),
    ],
)
def test_what_a_county_verb_cannot_do_is_one_sentence_and_nothing_is_written(
    run, arguments, said, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err == f"{said}。\n"
    assert not list(tmp_path.iterdir())


def test_batch_tells_its_summary_as_json(run, tmp_path):
    roster, delivered = towns.write_whole(tmp_path, leave_out=("示例东镇人民政府",))
    (delivered / "单位不在名册.xlsx").write_bytes(towns.one_built())
    beside = ("--roster", roster, "--workers", 1, "--format", "json")
    code, out, _ = run("batch", delivered, "-o", tmp_path / "结果", *beside)
    told = json.loads(out)
    assert code == 1
    assert told["output"] == str(tmp_path / "结果")
    assert (told["county"], told["year"]) == ("示例县", 2025)
    assert {k: n for k, n in told["counts"].items() if n} == {"done": 6, "missing": 1}
    assert (told["read"], told["made"], told["faults"]) == (7, 7, [])  # whose report is missing gets a note of it
    assert [f["rule"] for f in told["findings"]] == ["G1", "G3"]
    assert towns.PLACEHOLDER in told["findings"][0]["message"]
    assert sum(told["summary"].values()) == 2
    assert "file" not in told
    _, out, _ = run("batch", delivered, "-o", tmp_path / "结果", *beside)
    assert (json.loads(out)["read"], json.loads(out)["made"]) == (0, 0)


def test_batch_lists_the_first_open_bodies_and_counts_the_rest(run, tmp_path, monkeypatch):
    monkeypatch.setattr(outcome, "SHOWN", 2)
    names = [m.name for m in towns.whole()[0]]
    roster, delivered = towns.write_whole(tmp_path, leave_out=names[1:])
    code, out, _ = run("batch", delivered, "--roster", roster, "-o", tmp_path / "结果", "--workers", 1)
    assert code == 1
    assert [line for line in out.splitlines() if line.startswith("  【缺】")] == [
        "  【缺】教育局：没有收到2025年度的年报",
        "  【缺】民政局：没有收到2025年度的年报",
    ]
    assert f"另有 {len(names) - 3} 个单位没有完成，见总览页" in out


def test_the_countys_demo_run_again_leaves_its_sum_alone(run, tmp_path, monkeypatch):
    small = demo.invent(1, faults=False)
    monkeypatch.setattr(demo, "invent", lambda: small)
    monkeypatch.setattr(processes, "usual_workers", lambda: 1)
    _, out, _ = run("demo", "--county", "-o", tmp_path)
    (whole,) = (tmp_path / "汇总").glob("*（不完整）.xlsx")
    assert f"：{whole}" in out
    assert "上次已汇总" not in out
    assert load_workbook(whole).sheetnames
    before = whole.read_bytes()
    whole.write_bytes(before + b"somebody's")
    code, out, _ = run("demo", "--county", "-o", tmp_path)
    assert f"上次已汇总：{whole}" in out
    assert code == 0
    assert whole.read_bytes() == before + b"somebody's"
