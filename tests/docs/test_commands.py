"""Every command in the documentation does what it says: each is run in a folder with the files it names."""

import os
import re
import shutil

import pytest

import office
from docs.printed import ROOT, commands, pages, stage
from nianbao import __version__
from nianbao.cli import main
from nianbao.cli.parser import UsageError
from nianbao.cli.verbs import VERBS, parse

pytestmark = pytest.mark.xdist_group("commands")

NOT_RUN = {
    "nianbao serve": "serves until it is ended: tests/serve",
    "python3 automation/start.py serve": "as above",
    "python tests/checks/text/bench.py --quiet": "test_bench.py prints the table",
    "python tests/checks/text/bench.py --quiet --write": "would rewrite what test_bench.py compares with",
    '年报环境/bin/pip install "matplotlib>=3.11,<4"': "needs the package index; the extra is a test dependency",
    "pip install nianbao[dask]": "needs the package index; the extra is installed with the test dependencies",
    "dask scheduler --host 10.0.0.1 --port 8786 --no-dashboard": "another computer: test_cluster.py runs it here",
    "dask worker tcp://10.0.0.1:8786 --nworkers 4 --nthreads 1 --no-dashboard": "the same",
    "nianbao batch 收到的填报表 --roster 名册.xlsx -o 结果 --dask tcp://10.0.0.1:8786": "a cluster: test_cluster.py",
    "nianbao batch 收到的填报表 --roster 名册.xlsx -o 结果 --assign 填报表（2）.xlsx=永平镇人民政府 "
    "--assign 外县.xlsx=不采用": "names files that only some county has: tests/county/test_cases.py assigns others",
    "python tests/county/measure_desk.py 3000": "takes minutes; test_page.py tries the page of as many bodies",
    "nianbao batch 各县和市直报来的 --roster 市名册.xlsx -o 全市结果": "results of counties: test_city.py runs a city",
    "python tests/county/measure_messy.py 200 SEED": "takes many minutes; test_messy.py tries two folders",
    "python tests/measure_fillings.py": "takes minutes; test_fillings.py tries each kind once",
    "python tests/performance/run.py": "takes minutes; tests/performance/test_run.py runs a small round",
    "python tests/performance/run.py --node --rounds 5 --roster 10 --against ../28-November": "as above",
    "python tests/counts.py": "tests/test_counts.py counts the same",
    "python3 tests/run.py": "is what runs this test",
    "python3 tests/run.py tests/windows": "is what runs this test",
    "python tests/windows/suite.py": "takes half an hour: the whole suite inside Wine",
    "python3 tests/run.py --quick": "tests/test_quick_run.py",
    "python3 tests/run.py tests/docs": "is what runs this test",
    "python3 automation/start.py": "names the program to be replaced, in a sentence",
    "python tests/document/looks.py": "would rewrite tests/cases/looks: test_kept_looks.py compares instead",
    "python docs/build.py": "would rewrite the repository: test_generated.py compares instead",
    "python automation/release lock": "needs the package index: test_locks.py compares with pyproject.toml",
    "python docs/build.py pictures": "tests/release/test_pictures.py takes them elsewhere and compares",
    "python tests/stranger.py": "clones the repository and runs this test",
    f"tar -xf nianbao-{__version__}-linux-x86_64.tar.gz": "tests/linux/test_minimal.py",
    f"sh nianbao-{__version__}-linux-x86_64/install.sh": "tests/linux/test_install.py, test_minimal.py",
    "python automation/release linux --linux cpython.tar.gz=SHA256 --own nianbao.whl -o dist": "tests/linux",
    "pytest -m soak -s tests/linux/test_minimal.py": "takes minutes, as root",
    "python automation/release build": "tests/release/test_build.py looks at what it makes",
    "python docs/website.py -o site": "test_website.py looks at what it makes",
    "pip install --require-hashes": "names the way, in a table",
    "python automation/release lock --upgrade": "the same",
    "python automation/release build -o dist": "tests/release/test_build.py looks at what it makes",
    "python automation/release snapshot": "would write into the repository: test_history.py runs it elsewhere",
    "python automation/release check v2026.11.0": "tests/release/test_tagged.py, since the answer changes",
    "python automation/release python": "names where a file is fetched from",
    "python -m pip install sigstore": "needs the package index",
    "python -m sigstore verify identity --bundle SHA256SUMS.sigstore.json "
    '--cert-identity "https://github.com/OWNER/REPO/.github/workflows/release.yml@refs/tags/v2026.11.0" '
    "--cert-oidc-issuer https://token.actions.githubusercontent.com SHA256SUMS": "needs a published release",
    "python3 -m venv 年报环境": "tests/release/test_admin.py",
    f"年报环境/bin/pip install --require-hashes -r nianbao-{__version__}-requirements.txt": "test_admin.py",
    f"年报环境/bin/pip install --no-deps nianbao-{__version__}-py3-none-any.whl": "test_admin.py",
    "年报环境/bin/nianbao --version": "tests/release/test_admin.py",
    f"pip download --require-hashes -r nianbao-{__version__}-requirements.txt -d 组件": "test_admin.py",
    f"pip install --no-index --find-links 组件 --require-hashes -r nianbao-{__version__}-requirements.txt":
        "test_admin.py",
    f"pip install --no-index --no-deps nianbao-{__version__}-py3-none-any.whl": "test_admin.py",
    "export HTTPS_PROXY=http://代理地址:端口": "a shell's setting with a placeholder",
    "pip config set global.index-url https://pypi.tuna.tsinghua.edu.cn/simple": "would change this user's settings",
    "sha256sum --check --ignore-missing SHA256SUMS": "tests/release/test_admin.py",
    "apt-get install fonts-noto-cjk": "changes the system; tests/run.py installs the same package",
    "apt install python3-venv": "changes the system; start.py installs the same package",
    f"certutil -hashfile nianbao-{__version__}-windows.zip SHA256": "Windows only",
    "certutil -hashfile nianbao-V-windows.zip SHA256": "the same",
    "nianbao addin install": "Windows only: tests/excel/test_launch.py runs it with Windows' folders stood in",
    "nianbao addin remove": "Windows only: tests/excel/test_launch.py",
    "nianbao addin doctor": "Windows only: tests/excel/test_launch.py",
    "python -E -P -X utf8 -m nianbao.excel.launch --service": "tests/wps/test_addin.py starts it as WPS does",
    "nianbao addin install --wps": "would change this user's WPS; tests/wps/test_install.py runs it for another user",
    "nianbao addin remove --wps": "would change this user's WPS; tests/wps/test_install.py",
    "nianbao addin doctor --wps": "looks at this user's WPS; tests/wps/test_install.py",
    "python tests/fuzz.py MINUTES": "the minutes are the reader's; test_fuzz.py tries the same readers",
    "pip install -e '.[test,excel,proof]'": "needs the package index; only proves the tests",
    "python tests/covered.py": "runs all tests; test_proving.py looks at how it counts",
    "python tests/mutation.py": "takes hours; test_proving.py looks at how it counts",
    "python tests/checks/text/measure.py": "measures against reports outside the repository",
    "python tests/checks/text/measure.py --time": "measures time",
    "python tests/checks/verdict_table.py": "prints what tests/checks/test_verdict_table.py asserts",
    "git clone … && cd nianbao": "where from is up to the reader",
}  # fmt: skip
"""Commands that are not run here, each with its reason."""

ELSEWHERE = {
    "docs/variant.md": "test_variant.py follows the page in order",
    "docs/notice.md": "test_notice.py follows the page in order",
    "docs/start.md": "test_start.py follows the page in order",
    "docs/commands.md": "generated from the parser; test_cli.py parses each example",
}
EXIT = {
    "nianbao demo --county -o 示例县": 1,  # the invented county has a fault of every kind
}
PRINTED = commands()
_MENTION = re.compile(r"…|\bFILE\b|^nianbao (register|template) check( --format json)?$")
"""Verbs named in a sentence, which the parser takes for whole commands."""


def runnable(command):
    """Whether it is a whole command; one in a sentence may just name a verb, in known words."""
    try:
        parse(command.arguments)
    except (UsageError, SystemExit):
        return command.arguments == ["--version"] or not command.inline
    return not _MENTION.search(command.text)


OURS = [c for c in PRINTED if c.arguments is not None and c.page not in ELSEWHERE and c.text not in NOT_RUN]
RUN = list({c.text: c for c in OURS if runnable(c)}.values())
MENTIONED = [c for c in OURS if not runnable(c)]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = stage(tmp_path_factory.mktemp("文件"))
    if any("2024年报.pdf" in c.text for c in RUN) and shutil.which("soffice"):
        assert main(["make", str(folder / "永平镇2024.xlsx"), "-o", str(folder / "pdf"), "--to", "pdf"]) == 0
        next((folder / "pdf").glob("*.pdf")).rename(folder / "永平镇2024年报.pdf")
    return folder


@pytest.mark.parametrize("command", RUN, ids=lambda c: f"{c.page}: {c.text}")
def test_a_printed_command_runs_as_printed(command, prepared, tmp_path, monkeypatch, capfd):
    if "pdf" in command.text:
        office.need(shutil.which("soffice"), "LibreOffice")
    arguments = command.arguments
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True, copy_function=os.link)
    target = tmp_path / arguments[arguments.index("-o") + 1] if "-o" in arguments else None
    if target and arguments[0] != "verify":
        shutil.rmtree(target) if target.is_dir() else target.unlink(missing_ok=True)
    monkeypatch.chdir(tmp_path)
    try:
        code = main(arguments)
    except SystemExit as stopped:  # --version
        code = stopped.code
    assert code == EXIT.get(command.text, 0), "".join(capfd.readouterr())
    assert target is None or target.exists()


@pytest.mark.parametrize("command", MENTIONED, ids=lambda c: f"{c.page}: {c.text}")
def test_a_command_named_in_a_sentence_has_a_known_verb_and_known_options(command):
    verb = next(v for v in VERBS if v.name == command.arguments[0])
    known = {flag for flags, _ in verb.options for flag in flags}
    assert {a for a in command.arguments if a.startswith("-")} <= known


def test_every_other_command_is_left_out_for_a_stated_reason():
    left_out = [c for c in PRINTED if c.arguments is None and c.page not in ELSEWHERE]
    assert [(c.page, c.text) for c in left_out if c.text not in NOT_RUN] == []


def test_no_reason_is_kept_for_a_command_that_is_no_longer_printed():
    texts = {c.text for c in PRINTED}
    assert [t for t in (*NOT_RUN, *EXIT) if t not in texts] == []
    assert set(ELSEWHERE) <= {p.relative_to(ROOT).as_posix() for p in pages()}


def test_enough_commands_were_found_to_mean_something():
    assert len(RUN) > 30


@pytest.mark.parametrize("page", ["README.md", "README.en.md"])
def test_the_first_two_commands_of_the_readme_are_the_ones_continuous_integration_runs(page):
    blocks = re.findall(r"^```sh\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert blocks[:2] == ["python3 automation/start.py demo -o 样例\n", "python3 tests/run.py\n"]


def test_every_option_named_in_the_users_pages_exists():
    known = {flag for verb in VERBS for flags, _ in verb.options for flag in flags} | {"--version", "--help"}
    outside = {"--require-hashes", "--no-deps", "--check", "--ignore-missing", "--no-index", "--find-links"}
    measuring = (ROOT / "tests" / "performance" / "run.py").read_text(encoding="utf-8")
    outside |= set(re.findall(r'add_argument\("(--[a-z-]+)"', measuring))
    for path in (ROOT / "docs").glob("*.md"):
        named = set(re.findall(r"`(--[a-z-]+)", path.read_text(encoding="utf-8")))
        assert named <= known | outside, path.name
