"""Every body's state and the county's findings, once all is read. Of a large place one body is held at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from nianbao import pipeline
from nianbao.county.intake import register_warning
from nianbao.county.keeping.store import Store
from nianbao.county.matching import Matched
from nianbao.county.model import AlikeTexts, BodyState, Category, Member, Status, Total
from nianbao.county.roster import Roster
from nianbao.county.run.body_standing import report_kept, state_of
from nianbao.county.run.collect import Collected, Wish
from nianbao.county.run.comparing import compared
from nianbao.county.run.runners import Runner, here
from nianbao.county.totals import alike, county_rules, office_report, received
from nianbao.county.totals.scope_sums import Adder, Contribution
from nianbao.errors import InputError
from nianbao.findings import Finding
from nianbao.form import Edition, edition_names, load_edition
from nianbao.report import Report

HELD = 200
"""As many as a county has: 30 kB each; without holding them each of six looks reads it again, half a millisecond."""

_NAMED = 3
_NAME_COUNTY = "用 --county 写明县名，或在名册的“所属县”写明"


@dataclass(frozen=True)
class CountyJudgement:
    """The county as judged; `extra` are the county's findings about each body (id), beside its own in its record."""

    year: int | None
    edition: Edition
    edition_name: str
    bodies: tuple[Matched, ...]
    extra: Mapping[str, Sequence[Finding]]
    totals: tuple[Total, ...]
    last_totals: tuple[Total, ...]
    contributions: Mapping[str, Contribution]
    pairs: tuple[AlikeTexts, ...]
    findings: tuple[Finding, ...]
    categories: tuple[Category, ...] = ()

    def states(self, store: Store) -> Iterator[BodyState]:
        """Yield every body with its report and all findings; of no more than HELD bodies all are held in memory."""
        holds = len(self.bodies) <= HELD
        for matched in self.bodies:
            state = self._held.get(matched.id) or state_of(store, matched, self.extra.get(matched.id, ()))
            if holds:
                self._held[matched.id] = state
            yield state

    @cached_property
    def _held(self) -> dict[str, BodyState]:
        return {}

    @cached_property
    def _namesakes(self) -> frozenset[str]:
        counted = Counter(m.member.name for m in self.bodies)
        return frozenset(n for n, many in counted.items() if many > 1)

    def told_apart(self, member: Member) -> str:
        """Return a body's name, the county before it where it has namesakes in other counties."""
        return f"{member.county}{member.name}" if member.name in self._namesakes else member.name


def judge(
    store: Store,
    collected: Collected,
    roster: Roster | None,
    wish: Wish,
    last_county: Report | None,
    runner: Runner = here,
) -> CountyJudgement:
    """Judge all bodies together; the runner compares their texts. Raises InputError, EditionError."""
    bodies = collected.match.bodies
    name = _edition_name(collected, wish)
    edition = load_edition(name)
    extra: dict[str, list[Finding]] = {
        m.id: received.delivered_once(m, collected.year) if roster else _without_roster(edition, m, collected)
        for m in bodies
    }
    tree = collected.tree
    adder, last = Adder(edition, name, tree=tree), Adder(edition, name, last_year=True, tree=tree)
    texts: dict[str, dict[str, str]] = {}
    overview: dict[str, int] = {}
    for matched in bodies:
        state = state_of(store, matched, extra[matched.id])
        if state.report:
            extra[matched.id] += received.agrees_with_roster(edition, state.member, state.report, tree)
            group = texts.setdefault(state.report.body.get("county", ""), {})
            group[state.id] = alike.joined(state.report.texts)
            overview[state.id] = state.report.texts.get(alike.COMPARED[0], "").count("\n") + 1
        adder.add(replace(state, findings=(*state.findings, *extra[matched.id])))
        last.add(state)
    if roster is None:
        adder.lack(collected.match.strays)
    _doubt_the_whole(adder, collected, bodies)
    totals, last_totals = adder.totals(), last.totals()
    county_reports = [(d, report_kept(store, d.examined.key)) for d in collected.match.county_reports]
    reports = [r for _, r in county_reports]
    _judge_office(
        store, collected, edition, totals, reports, office_report.Before(None, last_totals, last_county), extra
    )
    crowd, pairs = compared((store.folder, *wish.results), texts, runner)
    shown = {m.id: m.member.shown for m in bodies}
    for body, found in alike.judged(edition, pairs, crowd, shown, overview).items():
        extra[body] += found
    findings = [*(roster.findings if roster else ())]
    findings += received.words_are_understood(collected.said.refused)
    findings += office_report.deadlines_are_lawful(roster.members) if roster else []
    complete = all(m.status is Status.RECEIVED for m in bodies)
    findings += received.strays_are_named(collected.match.strays, complete=complete, listed=roster is not None)
    findings += register_warning.in_the_folder(collected.registers)
    findings += [f for t in totals for f in county_rules.totals_hold(edition, t)]
    findings += county_rules.totals_are_whole(edition, totals[-1])
    findings += county_rules.optional_cells_are_named(edition, adder.partly_blank(), tree.whole.label)
    findings += county_rules.parts_are_listed(roster.members, tree) if roster else []
    for delivered, report in county_reports:
        findings += county_rules.county_report_agrees(edition, totals, report, delivered.source.place)
    if last_county:
        findings += county_rules.carried_over_agrees(edition, last_county, last_totals[-1], totals[-1])
    findings += [alike.too_many(county, len(group)) for county, group in texts.items() if len(group) > alike.MOST]
    return CountyJudgement(
        collected.year,
        edition,
        name,
        bodies,
        extra,
        totals,
        last_totals,
        adder.contributions(),
        pairs[: len(crowd.shown)],
        tuple(findings),
        adder.categories.sums(),
    )


def _edition_name(collected: Collected, wish: Wish) -> str:
    """Return the edition of the totals: the one asked for, else the one most bodies use."""
    if wish.edition:
        return wish.edition
    used = Counter(m.counts.examined.edition for m in collected.match.bodies if m.counts)
    if used:
        return max(used, key=lambda e: (used[e], e in edition_names(), e))
    if collected.year is None:
        raise InputError(f"没有能读取的填报表，也没有写明年度，不能汇总{_unreadable(collected)}")
    return pipeline.edition_for(collected.year).id


def _unreadable(collected: Collected) -> str:
    """Return, for the end of a sentence, why the files that were there could not be read."""
    told = [(s.source.place, s.note) for s in collected.match.strays if s.status is Status.UNREADABLE]
    told += [(d.source.place, d.examined.error) for b in collected.match.bodies for d in b.files if d.examined.error]
    if not told:
        return ""
    more = f"等，共 {len(told)} 个文件" if len(told) > _NAMED else ""
    return "。读不出的是：" + "；".join(f"{place}：{why.rstrip('。')}" for place, why in told[:_NAMED]) + more


def _without_roster(edition: Edition, matched: Matched, collected: Collected) -> list[Finding]:
    """Without a roster nobody is missing, but a body can still be doubled or of another year."""
    return [] if matched.status is Status.MISSING else received.delivered_once(matched, collected.year)


def _doubt_the_whole(adder: Adder, collected: Collected, bodies: Sequence[Matched]) -> None:
    """Say what keeps the sum of all bodies from being a county's: no county is known, or nobody is summed."""
    if collected.nameless:
        how = "用 --county 写明市名，或在名册的标题写明" if adder.tree.adds_results else _NAME_COUNTY
        adder.doubt("", f"{collected.nameless}，请{how}")
    members = [m.member for m in bodies]
    if members and all(m.level and adder.tree.of(m) is None for m in members):
        adder.doubt("", "列出的都是县政府或上级机关的年报，没有计入合计的乡镇、部门，不能相加成一份填报表")


def _judge_office(
    store: Store,
    collected: Collected,
    edition: Edition,
    totals: Sequence[Total],
    reports: Sequence[Report],
    before: office_report.Before,
    extra: dict[str, list[Finding]],
) -> None:
    for matched in collected.match.bodies:
        part = collected.tree.of(matched.member)
        if part and part.id == office_report.OFFICE and matched.counts:
            state = state_of(store, matched, ())
            assert state.report is not None, "what counts was read"  # noqa: S101 - a bug of collect
            known = replace(before, office=state.last_year)
            whole = reports[0] if reports else None
            extra[matched.id] += office_report.office_is_not_the_whole(
                edition, matched.member, state.report, totals, whole, known
            )
