"""Reports for the tests: all zeros, random consistent ones, and small changes to them."""

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from nianbao.checks import CHECKS, arithmetic
from nianbao.findings import Finding, Places, Severity
from nianbao.form import Edition, Kind, load_edition
from nianbao.report import Reading, Report

BODY = {"name": "示例镇人民政府", "level": "town", "county": "示例县", "office": "示例镇党政办公室"}
TEXTS = {
    "overview": "（一）主动公开\n全年发布信息若干条。",
    "problems": "一是公开不够及时，二是解读形式单一。\n下一步将定期检查发布情况，并增加图解。",
    "other_matters": "无其他需要报告的事项。",
}


def number_for(edition: Edition, key: str, value: int) -> int | Decimal:
    return Decimal(value) if edition.values[key].kind is Kind.AMOUNT else value


def with_totals(edition: Edition, inputs: Mapping[str, int | Decimal]) -> dict[str, int | Decimal]:
    """The inputs and every total that follows from them, in the form's order."""
    values = dict(inputs)

    def value(key: str) -> int | Decimal:
        if key not in values:
            values[key] = sum(value(k) for k in edition.sums[key].right)
        return values[key]

    for key in edition.sums:
        value(key)
    return {k: values[k] for k in edition.values if k in values}


def printed_inputs(edition: Edition) -> list[str]:
    return [k for k, v in edition.values.items() if not edition.table[v.table].help and k not in edition.sums]


def zero(edition_name: str = "2021", year: int = 2025) -> Report:
    """A town's report with every figure 0."""
    edition = load_edition(edition_name)
    inputs = {k: number_for(edition, k, 0) for k in printed_inputs(edition)}
    return Report(edition_name, year, BODY, with_totals(edition, inputs), TEXTS)


def reading(report: Report, edition: Edition | None = None, **more: object) -> Reading:
    edition = edition or load_edition(report.edition)
    return Reading(edition, report, (), Places(edition, {}), **more)  # type: ignore[arg-type]


def told(read: Reading, *rules: str) -> list[Finding]:
    """What these rules say of a report, each asked by itself (the sums together): nothing else is run."""
    asked = [r for r in read.edition.rules if r.id in rules and r.applies_to(read.report.year)]
    said = [f for r in asked if r.check for f in CHECKS[r.check](r, read)]
    if any(r.identities for r in asked):
        said += arithmetic.sums(read, [r for r in read.edition.rules if r.identities])
    found = [f for f in said if isinstance(f, Finding) and f.rule in rules]
    return sorted(found, key=lambda f: list(Severity).index(f.severity))


def changed(report: Report, **values: int | Decimal) -> Report:
    """The report with some figures replaced; __ in a name stands for the dot of a cell key."""
    new = {k.replace("__", "."): v for k, v in values.items()}
    return replace(report, values={**report.values, **new})


def stated(edition: Edition, values: Mapping[str, int | Decimal], says_none: bool = True) -> dict[str, int | Decimal]:
    """What the tables and the sentence on the fee state: of a fee that was not received only that it was 0."""
    figures = {k: v for k, v in values.items() if edition.table[edition.values[k].table].printed}
    fees = {k: v for k, v in values.items() if k.startswith("fee.") and any(s.fee_sentence for s in edition.sections)}
    return figures | ({k: v for k, v in fees.items() if k.endswith("received")} if says_none else fees)


def consistent(edition_name: str = "2021") -> st.SearchStrategy[Report]:
    """Any report in which every identity holds. Drawn by seed: two hundred separate draws would be slow."""
    return st.integers(0, 2**32).map(lambda seed: random_report(random.Random(seed), edition_name))


def random_report(rng: random.Random, edition_name: str = "2021") -> Report:
    """A report in which every identity holds: results drawn per column, carried-over cases follow."""
    edition = load_edition(edition_name)

    def few() -> int:
        return rng.choice((0, 0, rng.randint(0, 9), rng.randint(0, 3000)))

    values: dict[str, int | Decimal] = {}
    for key in printed_inputs(edition):
        value = edition.values[key]
        if value.table == "fee" or value.row == "regulations":
            values[key] = number_for(edition, key, 0)
        elif value.column == "in_force":
            values[key] = few() + values[key.replace("in_force", "issued")]
        elif value.kind is Kind.SIGNED:
            values[key] = rng.randint(-20, 20)
        else:
            values[key] = number_for(edition, key, few())
    table = edition.table["requests"]
    rows = list(dict.fromkeys(v.row for v in table.values))
    results = [r for r in rows if r not in ("received", "pending_start", "total", "pending_end")]
    for column in dict.fromkeys(v.column for v in table.values):
        if column == "total":
            continue
        done = sum(values[f"requests.{r}.{column}"] for r in results)
        pending_end = values[f"requests.pending_end.{column}"]
        carried = rng.randint(0, int(done + pending_end))
        values[f"requests.pending_start.{column}"] = carried
        values[f"requests.received.{column}"] = done + pending_end - carried
    return Report(edition_name, 2025, BODY, with_totals(edition, values), TEXTS)
