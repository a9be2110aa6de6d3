"""Regenerate everything in the repository that follows from the editions and the program.

`python docs/build.py` writes docs/rules.md, docs/commands.md, docs/rule-changes.md, the drawing of the architecture and
for each edition templates/<edition>/report.docx, page.html and workbook.xlsx;
`python docs/build.py pictures` also docs/pictures (needs LibreOffice and poppler).
"""

import datetime
import io
import os
import random
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

import drawing
import history
from nianbao import workbook
from nianbao.cli.verbs import VERBS, parser
from nianbao.county.demo import members, report_of
from nianbao.document import build_template
from nianbao.findings import Places, Severity
from nianbao.form import Edition, Rule, edition_names, load_edition
from nianbao.publish import picture
from nianbao.publish.page import build_page_template
from nianbao.register import book as register
from nianbao.report import Reading
from nianbao.resources import checkout_templates

DOCS = Path(__file__).parent
PROJECT = DOCS.parent / "pyproject.toml"
Box = tuple[int, int, int, int]
FAMILIES = {
    "A": "一、表内勾稽（A）",
    "C": "二、表与表之间（C）",
    "H": "三、与上年比较（H）",
    "N": "四、正文与表格（N）",
    "S": "五、结构与文字（S）",
    "P": "六、个人信息（P）",
    "F": "七、格式与单位信息（F）",
    "W": "八、填报表本身（W）",
    "R": "九、读入已公开的年报（R）",
    "V": "十、文档与填报表（V）",
    "G": "十一、县级汇总（G）",
    "T": "十二、自己的 Word 模板（T）",
    "L": "十三、申请台账（L）",
}


def rules() -> str:
    """Return the rule handbook as Markdown."""
    catalogue: dict[str, tuple[Rule, list[Edition]]] = {}
    for edition in sorted(map(load_edition, edition_names()), key=lambda e: e.id != "2021"):
        for rule in edition.rules:
            catalogue.setdefault(rule.id, (rule, []))[1].append(edition)
    lines = [
        "# 规则手册",
        "",
        "本页由 `python docs/build.py` 从规则数据生成，与程序所用的规则一字不差。",
        "在命令行输入 `nianbao rules A1` 可看同样的内容。",
        "",
        "**强制**：必须成立，否则不能生成正式报告。**核实**：可能是对的，但要写明原因。**提示**：供参考，不影响生成报告。",
    ]
    for family, title in FAMILIES.items():
        members = [(r, e) for r, e in catalogue.values() if r.id.rstrip("0123456789") == family]
        if members:
            lines += ["", f"## {title}"]
            for rule, editions in members:
                lines += ["", *_rule(rule, editions)]
    return "\n".join(lines) + "\n"


def _rule(rule: Rule, editions: list[Edition]) -> list[str]:
    note = "（写明原因后可以放行）" if rule.explainable and rule.severity == "error" else ""
    return [
        f"### {rule.id}　{rule.name}",
        "",
        f"- 类别：{Severity(rule.severity).label}{note}",
        f"- 查什么：{rule.statement}。",
        f"- 为什么：{rule.why}",
        f"- 正确的例子：{rule.kept}",
        f"- 错误的例子：{rule.broken}",
        f"- 怎样改：{rule.mend}",
        f"- 依据：{rule.basis}",
        f"- 适用格式：{'、'.join(e.name for e in editions)}",
    ]


def commands() -> str:
    """Return the command reference as Markdown."""
    lines = [
        "# 命令一览",
        "",
        "本页由 `python docs/build.py` 生成。",
        "",
        "```text",
        parser().format_help().rstrip(),
        "```",
    ]
    subparsers = parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    for verb in VERBS:
        text = subparsers[verb.name].format_help().rstrip()  # type: ignore[index]
        lines += ["", f"## {verb.name}", "", "```text", text, "```"]
    lines += [
        "",
        "## 退出码",
        "",
        "| 退出码 | 含义 |",
        "|---|---|",
        "| 0 | 没有需要处理的问题 |",
        "| 1 | 有强制性问题，或有还没写明原因的核实问题，或有文件读不出来 |",
        "| 2 | 没有办成：命令写错、文件打不开、结果写不进去 |",
    ]
    return "\n".join(lines) + "\n"


def templates() -> dict[str, bytes]:
    """Return the generated templates by their path below templates/."""
    made = {}
    for edition in map(load_edition, edition_names()):
        made[f"{edition.id}/report.docx"] = build_template(edition)
        made[f"{edition.id}/page.html"] = build_page_template(edition)
        made[f"{edition.id}/workbook.xlsx"] = workbook.build(edition)
    return made


def pictures() -> None:
    """Render pages of the demo's workbook and report, of a wrong figure, and 图解 into docs/pictures."""
    folder = DOCS / "pictures"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        subprocess.run([sys.executable, "-m", "nianbao", "demo", "-o", str(work)], check=True)
        report, filled = (next(work.glob(f"*{suffix}")) for suffix in (".docx", ".xlsx"))
        wrong = work / "wrong.xlsx"
        reading = workbook.read(filled)
        figures = {**reading.report.values, "requests.received.natural_person": 3}
        wrong.write_bytes(workbook.build(reading.edition, replace(reading.report, values=figures)))
        for source, name, page in ((report, "report-1", 1), (report, "report-4", 4), (wrong, "workbook-table3", 6)):
            _picture(source, folder / name, page, work)
        _picture(
            _sample_register(work / "register.xlsx"), folder / "register", 1, work, dpi=140, box=(50, 40, 1540, 285)
        )
    member = next(m for m in members() if m.level == "town")
    now, before = (report_of(member, random.Random(seed)) for seed in (33, 36))  # a pair that agrees
    beside = Reading(load_edition(now.edition), now, (), Places(load_edition(now.edition), {}))
    shown = picture.whole(replace(beside, last_year=replace(before, year=(now.year or 0) - 1)))
    (folder / "picture.png").write_bytes(shown.canvas.png(shown.title, 90))


SAMPLE = (
    ("2025-001", (2024, 12, 20), "自然人", (2025, 1, 14), "予以公开"),
    ("2025-002", (2025, 2, 8), "商业企业", (2025, 3, 3), "部分公开"),
    ("2025-003", (2025, 3, 17), "自然人", (2025, 3, 12), "不掌握相关信息"),
    ("2025-004", (2025, 4, 2), "法律服务机构", (2025, 4, 25), None),
    ("2025-005", (2025, 6, 11), None, (2025, 7, 4), "信访举报投诉"),
    ("2025-006", (2025, 9, 1), "社会公益组织", (2025, 9, 22), "重复申请"),
    ("2025-007", (2025, 12, 24), "自然人", None, None),
)


def _sample_register(path: Path) -> Path:
    """Write a register of invented applications, three of them with something forgotten or wrong."""
    book = load_workbook(io.BytesIO(register.blank(load_edition("2021"))))
    sheet = book["申请台账"]
    for row, (number, received, kind, answered, result) in enumerate(SAMPLE, register.FIRST):
        days = [datetime.date(*d) if d else None for d in (received, answered)]
        told = ("（申请人）", "（电话）", "（申请公开的内容）", None)
        cells = (number, days[0], kind, *told, days[1], result, "（文号）")
        for column, value in enumerate(cells, 1):
            sheet.cell(row, column).value = value
    book.save(path)
    return path


def _picture(source: Path, target: Path, page: int, work: Path, dpi: int = 80, box: Box | None = None) -> None:
    """Render one page, or a box of it."""
    fonts = {**os.environ, "FONTCONFIG_FILE": str(DOCS / "fonts.conf")}
    profile = f"-env:UserInstallation=file://{work}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(source)]
    subprocess.run(convert, check=True, capture_output=True, env=fonts)
    pages = ["-f", str(page), "-l", str(page), "-singlefile"]
    pdf = work / f"{source.stem}.pdf"
    crop = [x for pair in zip(("-x", "-y", "-W", "-H"), map(str, box), strict=True) for x in pair] if box else []
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", *crop, *pages, str(pdf), str(target)], check=True)


def main(arguments: list[str]) -> None:
    """Write the generated pages, and the pictures when asked."""
    (DOCS / "rules.md").write_text(rules(), encoding="utf-8")
    (DOCS / "commands.md").write_text(commands(), encoding="utf-8")
    (DOCS / "rule-changes.md").write_text(history.page(), encoding="utf-8")
    (DOCS / "pictures" / "architecture.svg").write_text(drawing.architecture(PROJECT), encoding="utf-8")
    for name, data in templates().items():
        path = checkout_templates() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    if "pictures" in arguments:
        pictures()


if __name__ == "__main__":
    main(sys.argv[1:])
