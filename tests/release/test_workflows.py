"""The workflows are what GitHub understands, pin what they use, and keep no secrets."""

import re
import subprocess
import sys

import pytest
import yaml

from release.locks import ROOT

FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TEXTS = [pytest.param(p.read_text(encoding="utf-8"), id=p.name) for p in FILES]


def loaded(name):
    return yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_a_workflow_fits_the_schema_of_workflows(path):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("text", TEXTS)
def test_every_action_is_pinned_by_commit(text):
    used = re.findall(r"uses: (\S+)", text)
    assert [u for u in used if not u.startswith("./") and not re.search(r"@[0-9a-f]{40}$", u)] == []


@pytest.mark.parametrize("text", TEXTS)
def test_no_secret_is_used_and_rights_are_given_only_where_needed(text):
    assert "secrets." not in text
    assert re.search(r"(?m)^permissions:\n  contents: read$", text)


@pytest.mark.parametrize("text", TEXTS)
def test_pip_installs_only_by_hash_or_the_checkout_itself(text):
    for line in re.findall(r"pip install (.+)", text):
        assert "--require-hashes" in line or line == "--no-deps --no-build-isolation --editable ."


def test_only_the_job_that_publishes_may_write_and_it_comes_after_all_others():
    jobs = loaded("release.yml")["jobs"]
    assert [n for n, j in jobs.items() if "permissions" in j] == ["publish"]
    assert jobs["publish"]["needs"] == ["build", "windows", "linux"]
    assert jobs["build"]["needs"] == "tests"


def test_linux_runs_the_two_commands_of_the_readme():
    steps = [s.get("run") for s in loaded("tests.yml")["jobs"]["linux"]["steps"]]
    commands = re.findall(r"^```sh\n(.*?)\n```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    assert commands[:2] == [s for s in steps if s in commands]


def test_files_that_workflows_name_are_there():
    text = "".join(p.read_text(encoding="utf-8") for p in FILES)
    for name in re.findall(r"(?:automation|tests|docs)/[\w./-]+", text):
        assert (ROOT / name.rstrip(".")).exists(), name
