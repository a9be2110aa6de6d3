"""The last proof of a template: a report of invented figures made with it must read back as it was meant."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nianbao.document.lint.template_faults import TemplateFault
from nianbao.document.opened_docx import WHOLE
from nianbao.document.readback import differences
from nianbao.document.render import compile_template
from nianbao.errors import TemplateError
from nianbao.form import Edition, Kind
from nianbao.report import Report

_MOST = 10


def check(data: bytes, edition: Edition) -> Iterator[TemplateFault]:
    """Yield what a trial report shows; meant for templates in which nothing else was found."""
    report = invented(edition)
    try:
        made = compile_template(data, edition).render(report)
    except TemplateError as e:
        yield TemplateFault("T1", WHOLE, f"用它试着生成报告，没有成功：{e}")
        return
    for said in differences(made, edition, report)[:_MOST]:
        yield TemplateFault("T7", WHOLE, f"用它试着生成的报告与数据不一致：{said}")


def invented(edition: Edition) -> Report:
    """Return a report in which every figure, fact and text is another one."""
    values = {
        key: Decimal(100_001 + i) if value.kind is Kind.AMOUNT else 100_001 + i
        for i, (key, value) in enumerate(edition.values.items())
    }
    body = {f.id: f"试填{f.label}" for f in edition.fields if f.kind == "text"}
    body |= {f.id: "2026-1-12" for f in edition.fields if f.kind == "date"}
    texts = {t.id: f"试填{t.label}第一段。\n（一）试填{t.label}第二段。后文。" for t in edition.texts}
    texts |= {key: f"试填名称{i}" for i, key in enumerate(edition.typed_labels)}
    return Report(edition.id, edition.from_year, body, values, texts)
