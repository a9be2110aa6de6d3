"""Regenerate everything in the repository that follows from the editions and the program.

`python docs/build.py` writes docs/rules.md, docs/commands.md, docs/rule-changes.md, the drawing of the architecture and
for each edition templates/<edition>/report.docx, page.html and workbook.xlsx;
`python docs/build.py pictures` also docs/pictures (needs LibreOffice, poppler and Chromium).
"""

import sys
from pathlib import Path

import drawing
import history
from nianbao import workbook
from nianbao.cli.verbs import VERBS, parser
from nianbao.document import build_template
from nianbao.findings import Severity
from nianbao.form import Edition, Rule, edition_names, load_edition
from nianbao.publish.page import build_page_template
from nianbao.resources import checkout_templates

DOCS = Path(__file__).parent
PROJECT = DOCS.parent / "pyproject.toml"
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
    "D": "十四、当地通知（D）",
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
    return [
        f"### {rule.id}　{rule.name}",
        "",
        f"- 类别：{Severity(rule.severity).label}",
        f"- 查什么：{rule.statement}。",
        *([f"- 不看什么：{rule.beyond}"] if rule.beyond else []),
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
        "| 2 | 没有办成：命令写错、文件打不开、结果无法写入 |",
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
        import camera  # noqa: PLC0415 - its tools are needed for this alone

        camera.take(DOCS / "pictures")


if __name__ == "__main__":
    main(sys.argv[1:])
