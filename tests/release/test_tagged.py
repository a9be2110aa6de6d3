"""A tag is released only when version, changelog and the kept rules agree with it."""

import datetime
import json

import pytest

from release import tagged


@pytest.fixture
def ready(tmp_path, monkeypatch):
    monkeypatch.setattr(tagged, "version", lambda: "2026.11.3")
    docs = tmp_path / "docs"
    (docs / "releases").mkdir(parents=True)
    (docs / "releases" / "2026.11.3.json").write_text(json.dumps({}))
    (docs / "changelog.md").write_text(
        "# 更新记录\n\n## 2026.11.3（2026-11-20）\n\n- 新。\n\n## 2026.10.0（2026-10-02）\n\n- 旧。\n"
    )
    pythons = tmp_path / tagged.PYTHONS
    pythons.parent.mkdir(parents=True)
    pythons.write_text("".join(f"https://example.org/cpython-3.11-{m}-linux.tar.gz {'a1' * 32}\n" for m in MACHINES))
    return tmp_path


MACHINES = ("x86_64", "aarch64")
TODAY = datetime.date(2026, 11, 22)


def test_a_tag_with_everything_in_place_may_be_released(ready):
    assert tagged.faults("v2026.11.3", ready, TODAY) == []


def test_the_notes_are_this_versions_part_of_the_changelog(ready):
    assert tagged.notes(ready) == "- 新。\n"


def test_another_tag_an_undated_changelog_and_missing_rules_are_each_named(ready):
    (ready / "docs" / "changelog.md").write_text("## 2026.11.3（未发布）\n")
    (ready / "docs" / "releases" / "2026.11.3.json").unlink()
    found = tagged.faults("v2026.11.2", ready, TODAY)
    assert len(found) == 3
    assert "v2026.11.2" in found[0]


@pytest.mark.parametrize("machine", MACHINES)
def test_a_python_for_linux_without_address_or_hash_is_named(machine, ready):
    pythons = ready / tagged.PYTHONS
    kept = [line for line in pythons.read_text().splitlines() if machine not in line]
    for lacking in ("", f"# https://example.org/{machine}", f"https://example.org/cpython-{machine}-linux.tar.gz 12"):
        pythons.write_text("\n".join([*kept, lacking, ""]))
        (fault,) = tagged.faults("v2026.11.3", ready, TODAY)
        assert machine in fault


def test_the_pythons_for_linux_are_explained_where_they_are_named():
    text = (tagged.ROOT / tagged.PYTHONS).read_text(encoding="utf-8")
    assert all(line.startswith(("#", "https://")) for line in text.splitlines())


@pytest.mark.parametrize("version", ["1.0.0", "2026.13.0", "2026.011.0", "2026.11", "2026.12.0", "2027.1.0"])
def test_a_version_that_is_no_past_or_present_month_is_refused(version, ready, monkeypatch):
    monkeypatch.setattr(tagged, "version", lambda: version)
    assert any(version in f for f in tagged.faults(f"v{version}", ready, TODAY))


def test_the_version_of_the_source_is_a_calendar_version():
    assert tagged.CALENDAR.fullmatch(tagged.version())
