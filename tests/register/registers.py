"""Registers for the tests: random applications as an office would write them, and a count of them done another way."""

import csv
import datetime
import io
import random
from collections import Counter

from openpyxl import Workbook

from nianbao.form import load_edition

HEADS = ("编号", "收到日期", "申请人类型", "申请人姓名", "联系电话", "申请内容", "答复日期", "处理结果", "文号")
NAMES = ("欧阳慕容甲", "司徒诸葛乙", "Zhang Mysterious丙")
PHONE, CONTENT, NUMBER = "13900007777", "独一无二的征地批文", "独字第"
PRIVATE = (*NAMES, PHONE, CONTENT, NUMBER)

TYPES = {"自然人": "natural_person", "商业企业": "business", "科研机构": "research", "社会公益组织": "public_welfare",
         "法律服务机构": "legal_service", "其他": "other"}  # fmt: skip
SPOKEN_TYPES = {**TYPES, "公民": "natural_person", "企业": "business", "律师事务所": "legal_service"}


def result_labels(edition_name="2021"):
    """Every official label of a result with its row id, read off the printed table from top to bottom."""
    rows = {}
    for value in load_edition(edition_name).table["requests"].values:
        if value.labels[0] == "三、本年度办理结果" and value.labels[1] != "（七）总计":
            rows[value.labels[-2]] = value.row
    return rows


def spellings(day, rng):
    """One of the ways people type a day."""
    ways = ("{y}-{m}-{d}", "{y}.{m}.{d}", "{y}年{m}月{d}日", "{y}/{m:02}/{d:02}", "{y}{m:02}{d:02}", "{s}")
    serial = (day - datetime.date(1899, 12, 30)).days
    return rng.choice(ways).format(y=day.year, m=day.month, d=day.day, s=serial)


def applications(rng, count, edition_name="2021", first=2023, last=2026):
    """Draw applications: (received, type, answered or None, label or None), all of them in order."""
    start, days = datetime.date(first, 1, 1), (last - first + 1) * 365
    labels = list(result_labels(edition_name))
    drawn = []
    for _ in range(count):
        received = start + datetime.timedelta(rng.randrange(days))
        answered = received + datetime.timedelta(rng.choice((0, 5, 20, 200, 500))) if rng.random() < 0.85 else None
        drawn.append((received, rng.choice(list(SPOKEN_TYPES)), answered, rng.choice(labels) if answered else None))
    return drawn


def counted_otherwise(drawn, year, edition_name="2021"):
    """表三 by four plain questions asked of the list, as a clerk would with a pencil. Zero where nothing is."""
    rows = result_labels(edition_name)
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    tally = Counter()
    for received, spoken, answered, label in drawn:
        column = SPOKEN_TYPES[spoken]
        if first <= received <= last:
            tally["received", column] += 1
        if received < first and (answered is None or answered >= first):
            tally["pending_start", column] += 1
        if answered is not None and first <= answered <= last:
            tally[rows[label], column] += 1
        if received <= last and (answered is None or answered > last):
            tally["pending_end", column] += 1
    values = {}
    for row in ("received", "pending_start", *rows.values(), "pending_end"):
        for column in TYPES.values():
            values[f"requests.{row}.{column}"] = tally[row, column]
        values[f"requests.{row}.total"] = sum(tally[row, c] for c in TYPES.values())
    for column in (*TYPES.values(), "total"):
        values[f"requests.total.{column}"] = sum(values[f"requests.{r}.{column}"] for r in rows.values())
    return values


def table(drawn, rng=None):
    """The register as rows of cells, with private columns; with `rng` days are spelled as people do."""
    told = [HEADS]
    for i, (received, spoken, answered, label) in enumerate(drawn, 1):
        days = [d if rng is None or d is None else spellings(d, rng) for d in (received, answered)]
        name = NAMES[i % len(NAMES)]
        told.append((f"S{i}", days[0], spoken, name, PHONE, CONTENT, days[1], label, f"{NUMBER}{i}号"))
    return told


def write_xlsx(path, rows, title="申请台账", top=()):
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in (*top, *rows):
        sheet.append(row)
    book.save(path)
    return path


def write_csv(path, rows, encoding="utf-8", mark=","):
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(["" if c is None else c for c in row] for row in rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def one(received="2025-3-1", spoken="自然人", answered="2025-3-20", label="予以公开", **more):
    """A register of one row, or the row itself."""
    values = {"收到日期": received, "申请人类型": spoken, "答复日期": answered, "处理结果": label, **more}
    return [tuple(values), tuple(values.values())]


def seeded(seed):
    return random.Random(seed)
