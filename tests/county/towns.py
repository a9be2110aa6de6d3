"""A county's folders for the tests: many bodies quickly, from one built workbook whose name is exchanged."""

import io
import os
import random
import re
import signal
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from openpyxl import load_workbook

from nianbao import workbook
from nianbao.cli import main
from nianbao.county.demo.invented import COUNTY, EDITION, members, report_of
from nianbao.county.desk.overview.comparison_sheets import LOG
from nianbao.county.model import OVERVIEW, PAGE, Member
from nianbao.county.roster.roster_book import write_roster
from nianbao.form import load_edition

PLACEHOLDER = "示例占位名"
TEXT = "示例占位文字"
PROBLEMS = "公开内容更新不够及时，解读的形式比较单一。"
MEASURES = "下一步将指定专人每周查看，并增加图解和现场讲解。"
STATE = ".nianbao"


@cache
def one_built():
    member = Member(PLACEHOLDER, PLACEHOLDER, "town")
    report = report_of(member, random.Random(5))
    texts = {**report.texts, "overview": report.texts["overview"].replace("。", f"。{TEXT}。", 1), "problems": PROBLEMS}
    return workbook.build(load_edition(EDITION), replace(report, texts=texts))


def renamed(data, exchanged):
    """The workbook with texts exchanged for others wherever they stand."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            part = source.read(item)
            for old, new in exchanged.items():
                part = part.replace(old.encode(), new.encode())
            target.writestr(item, part)
    return out.getvalue()


def prose(rng, sentences):
    """Sentences of drawn characters: no two bodies write alike."""
    drawn = ["".join(chr(rng.randint(0x4E00, 0x9FA5)) for _ in range(25)) for _ in range(sentences)]
    return "。".join(drawn)


def many(folder, count, in_one_county=100, sentences=12, deadline="2026-01-20"):
    """A roster and `count` towns of the same figures, every fifth with a finding; returns (roster, deliveries)."""
    rng = random.Random(count)
    counties = [f"示例{i // in_one_county:02d}县" for i in range(count)]
    listed = [
        Member(f"示例{i:04d}镇人民政府", f"示例{i:04d}镇", "town", deadline=deadline, county=counties[i])
        for i in range(count)
    ]
    delivered = folder / "收到"
    delivered.mkdir(parents=True)
    for i, member in enumerate(listed):
        exchanged = {PLACEHOLDER: member.name, TEXT: prose(rng, sentences), COUNTY: counties[i]}
        if i % 5:
            exchanged[PROBLEMS] = PROBLEMS + MEASURES
        (delivered / f"{member.short}.xlsx").write_bytes(renamed(one_built(), exchanged))
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


def clockless(overview):
    """The overview as what its cells say, without the sheet that says when runs were made."""
    book = load_workbook(overview)
    return repr([(s.title, list(s.values)) for s in book if s.title != LOG]).encode()


_DAY = re.compile(r" *<div><dt>汇总日期</dt><dd>[^<]*</dd></div>|截至[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")
"""The day of a run: on the county's page, in the words to remind with."""


def dayless(path):
    """A produced file's bytes without what is meant to tell the time or the day of a run."""
    if path.name == OVERVIEW:
        return _DAY.sub("", clockless(path).decode()).encode()
    return _DAY.sub("", path.read_text(encoding="utf-8")).encode() if path.name == PAGE else path.read_bytes()


def produced(folder):
    """Every file of an output folder but the journal's, by path, with its bytes that tell no time or day of a run."""
    found = {}
    for root, _, files in os.walk(folder):
        for name in files:
            path = Path(root) / name
            relative = path.relative_to(folder).as_posix()
            if not relative.startswith(STATE):
                found[relative] = dayless(path)
    return found


def awkward(n):
    """A job for processes: 3 fails, 5 kills its process. Stands here because workers must be able to import it."""
    if n == 3:
        raise ValueError("three")
    if n == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return n * n


def fatal_elsewhere(pid, n):
    """A task that kills every process but this one when n is 2."""
    if n == 2 and os.getpid() != pid:
        os.kill(os.getpid(), signal.SIGKILL)
    return n * n


_MARKS = []


def mark():
    _MARKS.append(True)


def marked(_):
    return bool(_MARKS)


def endless(n):
    """A job for processes: 3 stays for years inside one call of C, which gives no other thread of Python a turn."""
    if n == 3:
        re.match("(a|aa)+$", "a" * 90 + "b")
    return n * n
