"""What the methods are measured on: one report, and the same page as a template for each of them.

Every method but ours on the shipped template fills a straight template: the finished report of the invented town with a
tag in place of every figure, each in its tool's own spelling; texts stand in it as they are.
"""

import json
import random
import re
from dataclasses import dataclass, replace
from pathlib import Path

import reports
from nianbao import document, resources, workbook
from nianbao.county.demo import invented
from nianbao.county.model import Member
from nianbao.document import package, tags
from nianbao.form import load_edition

BODY = "word/document.xml"
EDITION = "wuping-2022"


@dataclass(frozen=True)
class Material:
    """The files of a run and the report they are made of."""

    folder: Path
    edition: object
    report: object
    context: dict
    words: dict

    def file(self, name):
        return self.folder / name


def prepare(folder):
    """Write every template, the workbook and the words; return the material."""
    edition = load_edition(EDITION)
    report = reports.random_report(random.Random(7), EDITION)  # every identity holds, as in most reports
    straight, words = _straight(edition, report)
    spelled = {
        "straight.docx": "{{{{ {} }}}}".format,
        "docxtemplater-template.docx": "{{{}}}".format,
        "carbone-template.docx": "{{d.{}}}".format,
        "python-docx-template.docx": "@@{}@@".format,
    }
    for name, tag in spelled.items():
        own = dict(straight)
        own[BODY] = re.sub("@@(v\\d+)@@", lambda m, tag=tag: tag(m[1]), straight[BODY].decode()).encode()
        (folder / name).write_bytes(package.write(own))
    (folder / "shipped.docx").write_bytes(resources.template_path(EDITION, "report.docx").read_bytes())
    (folder / "body.xlsx").write_bytes(workbook.build(edition, report))
    (folder / "words.json").write_text(json.dumps(words), encoding="utf-8")
    context = tags.context(edition, report)
    (folder / "context.json").write_text(json.dumps(context, ensure_ascii=False), encoding="utf-8")
    _clean(folder)
    return Material(folder, edition, report, context, words)


def _clean(folder):
    """Write what a report is really made of: a workbook in which nothing is wrong, and the same for docxtpl."""
    member = Member("示例镇人民政府", "示例镇", "town")
    report = invented.report_of(member, random.Random(5))
    edition = load_edition(report.edition)
    (folder / "clean.xlsx").write_bytes(workbook.build(edition, report))
    (folder / "clean.docx").write_bytes(resources.template_path(edition.id, "report.docx").read_bytes())
    context = tags.context(edition, report)
    (folder / "clean.json").write_text(json.dumps(context, ensure_ascii=False), encoding="utf-8")


def _straight(edition, report):
    """The report's parts with @@vN@@ for every printed figure, and the figures by name."""
    keys = [v.key for t in edition.tables if t.printed for v in t.values]
    marks = {k: 90_000_000 + i for i, k in enumerate(keys)}
    made = package.read(document.template_for(edition).render(replace(report, values={**report.values, **marks})))
    shipped = package.read(resources.template_path(EDITION, "report.docx").read_bytes())
    parts = {n: made[n] if n.startswith("word/") and n.endswith(".xml") else c for n, c in shipped.items()}
    xml = parts[BODY].decode()
    for i, mark in enumerate(marks.values()):
        xml = re.sub(rf"(>)[^<>]*?{mark}[^<>]*?(<)", rf"\g<1>@@v{i}@@\g<2>", xml, count=1)
    parts[BODY] = xml.encode()
    figures = tags.context(edition, report)
    spelled = {}
    for i, key in enumerate(keys):
        value = edition.values[key]
        row, column = value.words
        spelled[f"v{i}"] = figures[edition.table[value.table].word][row][column]
    return parts, spelled
