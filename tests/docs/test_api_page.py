"""The page for programmers does what it says: its blocks are run in order, and print what stands behind them."""

import contextlib
import io
import random
from dataclasses import replace

import pytest

import reports
from docs.printed import BODY, ROOT, blocks
from nianbao import api
from nianbao.county.demo import members, report_of
from nianbao.county.roster.roster_book import write_roster

PAGE = (ROOT / "docs" / "developers" / "api.md").read_text(encoding="utf-8")
BLOCKS = blocks(PAGE)
LEVELS = ("town", "department", "county_office")


def two_requests(report):
    """The report with two requests of natural persons, all granted."""
    rows, columns = ("received", "full_grant", "total"), ("natural_person", "total")
    counts = {k: 0 for k in report.values if k.startswith("requests.")}
    counts |= {f"requests.{row}.{column}": 2 for row in rows for column in columns}
    return replace(report, values={**report.values, **counts})


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What each block of Python prints, run in a folder with the files that the page names."""
    folder = tmp_path_factory.mktemp("程序")
    right = two_requests(reports.zero("2021", 2025))
    wrong = {**right.values, "requests.received.natural_person": 3}
    body = {**right.body, "name": BODY, "office": "永平镇党政办公室"}
    (folder / "永平镇2025.xlsx").write_bytes(api.workbook(replace(right, values=wrong, body=body)))
    listed = [next(m for m in members() if m.level == level) for level in LEVELS]
    (folder / "名册.xlsx").write_bytes(write_roster(api.edition_of(2025), listed))
    (folder / "收到的填报表").mkdir()
    for member in listed:
        form = api.workbook(report_of(member, random.Random(7)))
        (folder / "收到的填报表" / f"{member.name}.xlsx").write_bytes(form)
    names: dict[str, object] = {}
    outputs = []
    with contextlib.chdir(folder):
        for kind, code in BLOCKS:
            if kind == "python":
                with contextlib.redirect_stdout(io.StringIO()) as out:
                    exec(compile(code, "api.md", "exec"), names)
                outputs.append(out.getvalue())
    return outputs


def test_every_block_prints_what_stands_behind_it(printed):
    assert printed == [text for kind, text in BLOCKS if kind == "text"]
    assert len(printed) > 5


def test_the_page_names_everything_that_may_be_relied_on():
    assert [
        n for n in api.__all__ if n not in PAGE and n not in ("Change", "Number", "Places", "Reason", "Verdict")
    ] == []
