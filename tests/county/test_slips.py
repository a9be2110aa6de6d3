"""Return slips: what they say until when, and what one page holds."""

import io
import re
import zipfile

import pytest

from nianbao.county.model import Member, Status
from nianbao.county.slips import slip
from nianbao.findings import Finding, Severity
from nianbao.form import load_edition

EDITION = load_edition("2021")


def words(deadline="", count=1, length=10, status=Status.WRONG):
    """The paragraphs of a slip with so many findings, each with a text so long."""
    found = [Finding("A1", Severity.ERROR, (), f"表三!D{n}", f"表三!D{n}", "错" * length) for n in range(count)]
    data = slip(EDITION, Member("甲镇人民政府", level="town", deadline=deadline), 2025, status, found)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        document = package.read("word/document.xml").decode()
    return ["".join(re.findall("<w:t[^>]*>([^<]*)", p)) for p in document.split("</w:p>")]


@pytest.mark.parametrize(
    ("deadline", "until"), [("2026-01-20", "请于 2026年1月20日前改好并重新报送"), ("", "请尽快改好并重新报送")]
)
def test_a_slip_says_until_when_or_soon(deadline, until):
    assert any(p.startswith(until) for p in words(deadline))


def test_what_one_page_does_not_hold_is_counted():
    short, long = words(count=3), words(count=40, length=60)
    assert not any("另有" in p for p in short)
    shown = sum(p.startswith("表三!D") for p in long)
    assert 0 < shown < 40
    assert f"另有 {40 - shown} 处，见随附的标出问题的填报表“校验结果”表。" in long
