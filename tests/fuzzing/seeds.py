"""The sound files that fuzzing starts from, made by the program itself and by the tests' own builders.

Beside the whole files of the slow readers stand short ones, with which ten times as many inputs can be tried.
"""

import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import resources
from pathlib import Path

from lxml import etree
from openpyxl import Workbook, load_workbook

import reports
from books import filled
from county import compound, towns
from county_desk import sample
from fuzzing import drawn_pdf
from fuzzing.mutate import packed, unpacked
from nianbao import report, workbook
from nianbao.county import desk_json
from nianbao.county.intake.examined import Examination, Examined
from nianbao.county.keeping import journal
from nianbao.county.roster.roster_book import sample_members, write_roster
from nianbao.document import build_template, template_for
from nianbao.form import load_edition
from nianbao.publish.page.template import build_page_template
from nianbao.workbook.layout import EDITION_NAME
from publish import samples
from published import pages
from register import registers

SITE = """\
SiteName = "示例县人民政府"
SiteDomain = "www.example.gov.cn"
SiteIDCode = "3508240001"
ColumnName = "政府信息公开年报"
ColumnType = "政府信息公开"
PubDate = 2026-01-20 09:00:00
Url = "https://www.example.gov.cn/a.html"
"""
MAPPING = """\
未办结 = ["在办", "办理中"]
[栏目]
收到日期 = "收件日"
处理结果 = ["结果", "办理情况"]
[申请人类型]
自然人 = ["个人", "群众"]
[处理结果]
"1.属于国家秘密" = "涉密"
"""
VARIANT = Path(__file__).parents[1] / "cases" / "own-variant.toml"
NOTICES = Path(__file__).parents[1] / "cases" / "notices"


def write(folder: Path) -> None:
    """Write every reader's seeds as folder/READER/number.suffix."""
    for name, (suffix, make) in MAKERS.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(make()):
            (folder / name / f"{number}{suffix}").write_bytes(data)


def _reports() -> Iterable[report.Report]:
    yield reports.zero()
    yield samples.full("2021")
    yield samples.full("2019", 2)
    yield samples.full("wuping-2022", 3)
    yield samples.hostile()


def _workbooks() -> Iterable[bytes]:
    for name in ("2021", "2019", "wuping-2022"):
        yield workbook.build(load_edition(name), filled(name))
    yield workbook.build(load_edition("2021"), replace(filled(), year=2025), replace(filled(), year=2024))
    yield workbook.build(load_edition("2021"))
    yield from list(_resaved())[1:]


_KEPT = (EDITION_NAME,)


def _resaved() -> Iterable[bytes]:
    """Workbooks as another program saves them, without the sheets and names that may be missing."""
    for name in ("2021", "2019"):
        book = load_workbook(io.BytesIO(workbook.build(load_edition(name), filled(name))))
        yield _bytes(book)
        for sheet in ("填报说明", "上年数据", "校验结果"):
            del book[sheet]
        for defined in [n for n in book.defined_names if n not in _KEPT]:
            del book.defined_names[defined]
        for _ in range(3):
            yield _bytes(book)


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _documents() -> Iterable[bytes]:
    for one in _reports():
        whole = template_for(load_edition(one.edition)).render(one)
        yield whole
        yield from (shortened(whole, start, start + 7) for start in (0, 7, 14))


def shortened(document: bytes, start: int, end: int) -> bytes:
    """Return a Word file of which only some paragraphs and tables are left."""
    parts = unpacked(document)
    root = etree.fromstring(parts["word/document.xml"])
    body = root[0]
    for child in [c for i, c in enumerate(body[:-1]) if not start <= i < end]:
        body.remove(child)
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed({n: p for n, p in parts.items() if "theme" not in n})


def _html() -> Iterable[bytes]:
    for seed, one in enumerate(_reports()):
        page = pages.page(one)
        yield page.rendered()
        rng = random.Random(seed)
        for act in rng.sample(list(pages.MANNERS.values()), 3):
            act(page, rng)
        changed = page.rendered()
        yield changed
        for number in range(3):
            yield with_one_table(changed, number)


def with_one_table(page: bytes, kept: int) -> bytes:
    """Return a page of which only one table is left."""
    pieces = re.split("(<table.*?</table>)", page.decode("latin-1"), flags=re.S)
    return "".join(p for i, p in enumerate(pieces) if i % 2 == 0 or i == 2 * kept + 1).encode("latin-1")


def _texts() -> Iterable[bytes]:
    for one in _reports():
        page = pages.page(one)
        for mark in ("\t", "|", "\n"):
            whole = drawn_pdf.as_text(page, mark)
            yield whole.encode()
            yield whole[: len(whole) // 3].encode()
            yield whole[len(whole) // 2 :].encode()


def _json() -> Iterable[bytes]:
    return (report.dumps(r).encode() for r in _reports())


def _reasons() -> Iterable[bytes]:
    told = [
        {"fingerprint": f"A{i}:0123456789ab:ba9876543210", "rule": f"A{i}", "reason": "系统迁移，数字以档案为准"}
        for i in (1, 2)
    ]
    yield json.dumps(told, ensure_ascii=False, indent=1).encode()
    yield b"[]"


def _rosters() -> Iterable[bytes]:
    edition = load_edition("2021")
    yield write_roster(edition, sample_members(2025))
    yield write_roster(edition, towns.whole()[0])


def _editions() -> Iterable[bytes]:
    yield VARIANT.read_bytes()
    folder = resources.files("nianbao.form") / "editions"
    for name in ("wuping-2022", "2019", "2021"):
        text = (folder / f"{name}.toml").read_text(encoding="utf-8")
        yield text.replace(f'id = "{name}"', 'id = "mine"', 1).encode()


def _templates() -> Iterable[bytes]:
    for name in ("2021", "wuping-2022"):
        whole = build_template(load_edition(name))
        yield whole
        yield from (shortened(whole, start, start + 6) for start in (0, 6, 12, 18))


def _page_templates() -> Iterable[bytes]:
    for name in ("2021", "wuping-2022"):
        whole = build_page_template(load_edition(name))
        yield whole
        yield from (with_one_table(whole, number) for number in range(3))


def _drawn() -> Iterable[bytes]:
    for one in _reports():
        page = pages.page(one)
        yield drawn_pdf.drawn(page)
        for name in list(page.tables)[:3]:
            shown = pages.page(one)
            shown.tables.update({n: rows[:1] for n, rows in page.tables.items() if n != name})
            yield drawn_pdf.drawn(shown)


def _register_books() -> Iterable[bytes]:
    for seed in (1, 2):
        rng = random.Random(seed)
        yield _saved(registers.table(registers.applications(rng, 12), rng))


def _saved(rows: Iterable[Iterable[object]]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.worksheets[0].title = "申请台账"
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(out)
    return out.getvalue()


def _register_texts() -> Iterable[bytes]:
    rng = random.Random(3)
    rows = registers.table(registers.applications(rng, 15), rng)
    for mark in (",", "\t", ";"):
        lines = (mark.join('"' + str("" if c is None else c).replace('"', '""') + '"' for c in r) for r in rows)
        yield "\r\n".join(lines).encode("gb18030" if mark == ";" else "utf-8")


def _archives() -> Iterable[bytes]:
    inner = workbook.build(load_edition("2021"), filled())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in ("甲镇.xlsx", "乙/丙.xlsx", "x.zip", "说明.txt"):
            target.writestr(name, inner if name.endswith("xlsx") else b"x")
    yield out.getvalue()


def _mails() -> Iterable[bytes]:
    inner = compound.mail(compound.attachment("甲镇.xlsx", bytes(5_000)))
    yield compound.compound(compound.mail(compound.attachment("转发", inner), compound.attachment("a.txt", b"x")))


def _journals() -> Iterable[bytes]:
    lines = []
    for i in range(3):
        key = f"{i}" * 64
        examined = Examination(Examined(key, "s", "甲镇"), {}).examined
        lines.append(journal.as_line({"did": "examined", **examined.__dict__}))
        lines.append(journal.as_line({"did": "made", "key": key, "files": {"docx": [f"报告/{i}.docx", "0" * 64]}}))
    yield b"".join(lines)


def _desks() -> Iterable[bytes]:
    told = json.loads(desk_json.dumps(sample.county()))
    for bodies in (4, 1, 1, 0):
        told["bodies"] = told["bodies"][:bodies]
        if bodies < 4:
            told["totals"] = told["totals"][:1]
        yield json.dumps(told, ensure_ascii=False).encode()


MAKERS: dict[str, tuple[str, Callable[[], Iterable[bytes]]]] = {
    "workbook": (".xlsx", _workbooks),
    "thorough": (".xlsx", _resaved),
    "docx": (".docx", _documents),
    "html": (".html", _html),
    "pdf": (".pdf", _drawn),
    "text": (".txt", _texts),
    "json": (".json", _json),
    "make": (".json", _json),
    "reasons": (".json", _reasons),
    "roster": (".xlsx", _rosters),
    "edition": (".toml", _editions),
    "template": (".docx", _templates),
    "page": (".html", _page_templates),
    "register": (".xlsx", _register_books),
    "csv": (".csv", _register_texts),
    "site": (".toml", lambda: [SITE.encode()]),
    "mapping": (".toml", lambda: [MAPPING.encode()]),
    "notice": (".toml", lambda: [p.read_bytes() for p in sorted(NOTICES.glob("*.toml"))]),
    "archive": (".zip", _archives),
    "mail": (".msg", _mails),
    "journal": (".jsonl", _journals),
    "desk": (".json", _desks),
    "carried": (".docx", _documents),
}
"""Of each reader: what its files are called, and the seeds."""
