"""Reasons (说明) for findings: kept by rule, cells, values and evidence; expired with these; empty phrases refused."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import replace

from nianbao.errors import InputError
from nianbao.findings import Finding, Severity, figure
from nianbao.report import Reason, Report

SHORTEST = 6
"""Characters below which a reason says nothing."""

_PUNCTUATION = re.compile(r"[\W_]+")
_EMPTY = re.compile(
    r"(经|已|均|都|全部|数据|情况|内容|数字|本单位|核实|核对|核查|检查|确认|复核|无误|属实|正确|准确|真实|没有|问题|错误|没问题|"
    r"不存在|无|是|对|的|了|后|填报|说明|如实|确实|此|同上|见上|符合|实际)+"
)
_TELLING = re.compile(r"\d[\d.,]*|“[^”]*”")


def fingerprint(found: Finding, report: Report) -> str:
    """Return rule : what it is about : what it was found with, the last two as short digests.

    Beside the values of its cells a finding's evidence counts (last year's figure, a passage); its wording does not.
    """
    return _print(found, {"values": _values(found, report), "evidence": found.evidence})


def fingerprints(found: Finding, report: Report) -> tuple[str, str]:
    """Return the finding's fingerprint and the one it had when the numbers and quotations were taken from its words.

    A reason written under either counts; no fingerprint of the one kind is ever one of the other.
    """
    before = _print(found, [_values(found, report), _TELLING.findall(found.what)])
    return fingerprint(found, report), before


def _values(found: Finding, report: Report) -> list[int | str | None]:
    return [figure(report.values.get(k)) for k in found.cells]


def _print(found: Finding, rests_on: object) -> str:
    return ":".join((found.rule, _digest(list(found.cells)), _digest(rests_on)))


def _digest(data: object) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()[:12]


def refusal(text: str) -> str:
    """Return why a reason is not accepted, or ''."""
    bare = _PUNCTUATION.sub("", text)
    if len(bare) < SHORTEST:
        return f"说明不足{SHORTEST}个字"
    return "没有说出原因" if _EMPTY.fullmatch(bare) else ""


def explainable(found: Finding) -> bool:
    """Tell whether a written reason can settle the finding: that is what 核实 means."""
    return found.severity is Severity.EXPLAIN


def apply(found: Iterable[Finding], report: Report, reasons: Iterable[Reason]) -> list[Finding]:
    """Return the findings with their reasons; of refused and expired ones a remark is made."""
    by_print = {r.fingerprint: r for r in reasons}
    unused = dict(by_print)
    told = []
    for one in found:
        if not explainable(one):
            told.append(one)
            continue
        own = [p for p in fingerprints(one, report) if p in by_print]
        for p in own:
            unused.pop(p, None)
        told.append(_settled(one, by_print[own[0]]) if own else one)
    return [_expired(one, report, unused) if explainable(one) and not one.explanation else one for one in told]


def _settled(one: Finding, reason: Reason) -> Finding:
    refused = refusal(reason.text)
    if refused:
        return replace(one, remark=f"已填的说明“{reason.text}”{refused}，请写明具体原因")
    return replace(one, explanation=reason.text)


def _expired(one: Finding, report: Report, unused: dict[str, Reason]) -> Finding:
    """Show a reason written for the same rule and cells when their values were others."""
    about = fingerprint(one, report).rpartition(":")[0]
    for key, reason in unused.items():
        if key.rpartition(":")[0] == about and not refusal(reason.text):
            del unused[key]
            return replace(one, remark=f"原来的说明“{reason.text}”写于数字改变之前，已失效，请重新说明")
    return one


def loads(text: str) -> list[Reason]:
    """Read a reasons file: a JSON list of {"fingerprint": …, "reason": …}. Raises InputError."""
    try:
        data = json.loads(text)
        if not isinstance(data, list):
            raise TypeError
        return [Reason(str(item["fingerprint"]), str(item["reason"]).strip()) for item in data]
    except (ValueError, TypeError, KeyError, RecursionError) as e:
        raise InputError("说明文件应是一个列表，每项有 fingerprint 和 reason") from e


def dumps(found: Iterable[Finding], report: Report) -> str:
    """Return a reasons file for these findings, the reasons so far filled in, the rest left empty."""
    items = [
        {"fingerprint": fingerprint(f, report), "rule": f.rule, "message": f.message, "reason": f.explanation or ""}
        for f in found
        if explainable(f)
    ]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"
