"""What a release holds, built once from the commit checked out."""

import shutil

import pytest

import office
from release import __main__ as command
from release import packages

ROOT = packages.ROOT


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder a release is made in, without the offline installation."""
    office.need(shutil.which("git") and (ROOT / ".git").exists(), "a git checkout")
    out = tmp_path_factory.mktemp("release") / "dist"
    command.build(out, "")
    return out
