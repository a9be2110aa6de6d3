"""A county's folders for the tests: many bodies quickly, from one built workbook whose name is exchanged."""

import io
import os
import random
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from nianbao import workbook
from nianbao.cli import main
from nianbao.county.demo.invented import EDITION, members, report_of
from nianbao.county.model import Member
from nianbao.county.roster_book import write_roster
from nianbao.form import load_edition

PLACEHOLDER = "示例占位名"
STATE = ".nianbao"


@cache
def one_built():
    member = Member(PLACEHOLDER, PLACEHOLDER, "town")
    report = report_of(member, random.Random(5))
    return workbook.build(load_edition(EDITION), report)


def renamed(data, old, new):
    """The workbook with one text exchanged for another wherever it stands."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            target.writestr(item, source.read(item).replace(old.encode(), new.encode()))
    return out.getvalue()


def many(folder, count):
    """A roster and `count` towns that differ in their names only; returns (roster, folder of deliveries)."""
    listed = [Member(f"示例{i:04d}镇人民政府", f"示例{i:04d}镇", "town", deadline="2026-01-20") for i in range(count)]
    delivered = folder / "收到"
    delivered.mkdir(parents=True)
    for member in listed:
        (delivered / f"{member.short}.xlsx").write_bytes(renamed(one_built(), PLACEHOLDER, member.name))
    roster = folder / "名册.xlsx"
    roster.write_bytes(write_roster(load_edition(EDITION), listed))
    return roster, delivered


@cache
def whole():
    """A small county without faults: 3 towns, a street, 2 departments, the office, with its reports by name."""
    chosen = [m for m in members(8) if m.level != "town"] + [m for m in members(8) if m.level == "town"][:3]
    listed = tuple(m for m in chosen if m.short not in ("财政局", "交通运输局", "农业农村局", "卫生健康局"))
    rng = random.Random(7)
    return listed, {m.name: report_of(m, rng) for m in listed}


@cache
def built(name):
    return workbook.build(load_edition(EDITION), whole()[1][name])


def write_whole(folder, leave_out=(), **changed):
    """Deliver the small county; `changed` replaces reports by body name."""
    listed, _ = whole()
    delivered = folder / "收到"
    delivered.mkdir(parents=True, exist_ok=True)
    for member in listed:
        if member.name not in leave_out:
            data = (
                workbook.build(load_edition(EDITION), changed[member.name])
                if member.name in changed
                else built(member.name)
            )
            (delivered / f"{member.short}.xlsx").write_bytes(data)
    roster = folder / "名册.xlsx"
    roster.write_bytes(write_roster(load_edition(EDITION), listed))
    return roster, delivered


def another(report, **more):
    return replace(report, **more)


def run(*arguments):
    return main([str(a) for a in arguments])


def produced(folder):
    """Every file of an output folder but the journal's, by path, with its bytes."""
    found = {}
    for root, _, files in os.walk(folder):
        for name in files:
            path = Path(root) / name
            relative = path.relative_to(folder).as_posix()
            if not relative.startswith(STATE):
                found[relative] = path.read_bytes()
    return found
