"""A made-up county for the desk page: 17 towns, 40 departments, the office; figures invented, names 示例.

Findings come from the program's own rules, totals from its own adder, so that the page shows what it will show.
"""

import random
import tomllib
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from nianbao import checks
from nianbao.county.desk import pieces
from nianbao.county.desk.cards import cards
from nianbao.county.desk.year_series import History
from nianbao.county.model import BodyState, Desk, Difference, Member, Source, Status, Stray, Versions
from nianbao.county.totals import alike
from nianbao.county.totals.scope_sums import Adder
from nianbao.findings import Finding, Severity, tell
from nianbao.form import load_edition
from nianbao.report import Reading, Report
from reports import number_for, printed_inputs, reading, with_totals

WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
EDITION = load_edition("2021")
RESULTS = ("full_grant", "full_grant", "full_grant", "partial_grant", "denied.third_party_rights",
           "denied.internal_affairs", "unavailable.not_held", "unavailable.not_held", "unavailable.needs_creation",
           "not_processed.petition", "not_processed.repeated", "other.other")  # fmt: skip
PEOPLE = ("natural_person",) * 8 + ("business", "business", "legal_service", "other", "research")


def page(desk: Desk, day: date | None = None) -> str:
    """The page of a desk."""
    listed = tuple(cards(desk.bodies, load_edition(desk.edition or "2021"), desk.pairs))
    return "".join(pieces(desk, listed, lambda: desk.bodies, History(), day))


def report(rng: random.Random, member: Member, requests: int, last: Report | None = None) -> Report:
    """A consistent report with this many new requests; what last year carried over is answered, a ninth carried on."""
    values = {k: number_for(EDITION, k, 0) for k in printed_inputs(EDITION)}
    for who in dict.fromkeys(PEOPLE):
        carried = last.values[f"requests.pending_end.{who}"] if last else 0
        values[f"requests.pending_start.{who}"] = values[f"requests.full_grant.{who}"] = carried
    for n in range(requests):
        who = rng.choice(PEOPLE)
        values[f"requests.received.{who}"] += 1
        row = "pending_end" if n >= requests - requests // 9 else rng.choice(RESULTS)
        values[f"requests.{row}.{who}"] += 1
    licences, kept = "proactive.licences.decisions", "proactive.normative_documents.in_force"
    values[kept] = last.values[kept] if last else rng.randint(0, 9)
    if member.level == "department":
        values[licences] = int(last.values[licences] * rng.uniform(0.8, 1.2)) if last else rng.choice((0, 0, 40, 700))
    values["review.reconsideration.upheld"] = requests // 25
    body = {"name": member.name, "level": member.level, "county": "示例县", "office": f"{member.name}办公室"}
    return Report("2021", 2025 if last else 2024, body, with_totals(EDITION, values), texts(rng, member.name))


def texts(rng: random.Random, name: str) -> dict[str, str]:
    """Texts of sentences that hardly any two bodies share."""
    steps = WORDS["steps"]
    picked = rng.sample(WORDS["sentences"], 5)
    first, second = f"{name}{picked[0]}。{picked[1]}。", f"{picked[2]}。"
    overview = f"（一）主动公开\n{first}\n（二）依申请公开\n{second}\n（三）监督保障\n{picked[3]}。"
    problems = f"一是{picked[4]}，这项工作做得还不够细。\n下一步{rng.choice(steps)}，{rng.choice(steps)}。"
    return {"overview": overview, "problems": problems, "other_matters": "本年度没有收取信息处理费。"}


def judged(made: Report, last: Report | None) -> tuple[Finding, ...]:
    base = reading(made)
    places = replace(base.places, cells={k: _cell(k) for k in EDITION.values})
    given = Reading(base.edition, made, (), places, last_year=last)
    return tuple(f for f in checks.check(given) if f.rule not in ("S2", "S3"))


def _cell(key: str) -> str:
    value = EDITION.values[key]
    row = list(EDITION.table[value.table].values).index(value)
    return f"{EDITION.table[value.table].word}!{'DEFGHIJ'[row % 7]}{5 + row // 7}"


def _broken(made: Report, how: int) -> Report:
    changes = [
        {"requests.full_grant.natural_person": 3, "requests.received.business": 1},
        {"requests.full_grant.natural_person": 1},
        {"proactive.regulations.in_force": 2},
        {"requests.pending_end.natural_person": 2},
        {"review.reconsideration.total": 2},
    ][how % 5]
    return replace(made, values={**made.values, **{k: made.values[k] + v for k, v in changes.items()}})


def _explained() -> Finding:
    rule = EDITION.rule["C6"]
    where = "表二!D7（处理决定·行政许可）"
    found = tell(rule, "表二!D7", "行政许可处理决定为 55 件", where=where, severity=Severity.EXPLAIN)
    return replace(found, explanation="经核对登记台账，数字无误")


def _status(findings: tuple[Finding, ...]) -> Status:
    if any(f.forbids for f in findings):
        return Status.WRONG
    return Status.UNEXPLAINED if any(f.blocks for f in findings) else Status.DONE


def _files(name: str, status: Status) -> dict[str, str]:
    files = {"annotated": f"标注/{name}_2025_校验结果.xlsx", "slip": f"退回单/{name}_退回单.docx"}
    if status in (Status.DONE, Status.UNEXPLAINED):
        files |= {"docx": f"报告/{name} 2025年 #1.docx", "json": f"报告/{name}.json"}
    return files if status is not Status.DONE else {k: v for k, v in files.items() if k in ("docx", "json")}


def _several(member: Member) -> Versions:
    files = tuple(Source(f"乡镇/{member.short}{n}.xlsx", sha256=n * 2) for n in ("", "（改）"))
    differences = (
        Difference("表二“处理决定·行政许可”", ("12", "（空）")),
        Difference("写明的原因", ("（没有）", "数据已核实<b>")),
    )
    return Versions(files, "成文日期较晚的是“乡镇/双河镇（改）.xlsx”（2026-01-12）", differences, 2)


def _members() -> list[Member]:
    towns = [(f"示例县{t}镇人民政府", f"{t}镇", "town", "2026-01-15") for t in WORDS["towns"]]
    others = [(f"示例县{d}", f"县{d}", "department", "2026-01-20") for d in WORDS["departments"]]
    office = [("示例县人民政府办公室", "县政府办", "county_office", "2026-01-20")]
    listed = office + towns + others
    return [
        Member(n, s, level, "示例联系人", f"0000-12345{i:02d}", ("旧坪乡",) if s == "大坪镇" else (), "", due, i + 2)
        for i, (n, s, level, due) in enumerate(listed)
    ]


@lru_cache(maxsize=1)
def county() -> Desk:
    """The county as it stands some days before the deadline."""
    rng = random.Random(2025)
    odd = {"白沙镇": Status.MISSING, "县信访局": Status.MISSING, "县档案馆": Status.MISSING, "县气象局": Status.MISSING,
           "双河镇": Status.DOUBLED, "县商务局": Status.WRONG_YEAR, "县税务局": Status.UNREADABLE}  # fmt: skip
    notes = {Status.DOUBLED: "收到 2 份内容不同的年报：“乡镇/双河镇.xlsx”、“乡镇/双河镇（改）.xlsx”",
             Status.WRONG_YEAR: "应报2025年度，“县直/商务局.xlsx”是2024年度的",
             Status.UNREADABLE: "文件打不开：设有打开密码"}  # fmt: skip
    many = {"县自然资源局": (96, 41), "县住房和城乡建设局": (58, 52), "青溪镇": (44, 12), "县政府办": (23, 19),
            "县公安局": (33, 61), "石桥镇": (9, 24)}  # fmt: skip
    wrong = {"永和镇": 0, "龙泉镇": 1, "县教育局": 2, "县水利局": 3, "西山镇": 4, "县司法局": 1}
    bodies = []
    for i, member in enumerate(_members()):
        now, before = many.get(member.short, (rng.choice((0, 0, 1, 2, 3, 5, 8)),) * 2)
        before = max(0, before + rng.choice((-1, 0, 0, 1))) if member.short not in many else before
        last = report(rng, member, before)
        made = report(rng, member, now, last)
        made = replace(made, texts=_copied(member.short, made, bodies))
        if member.short in wrong:
            made = _broken(made, wrong[member.short])
        if member.short in odd:
            status = odd[member.short]
            sources = () if status is Status.MISSING else (Source(f"来件/{member.short}.xlsx"),)
            several = _several(member) if status is Status.DOUBLED else None
            bodies.append(
                BodyState(f"b{i + 1:03d}", member, status, notes.get(status, ""), sources, None, last, versions=several)
            )
            continue
        findings = judged(made, last)
        if member.short == "县财政局":
            findings = (*findings, _explained())
        status = _status(findings)
        bodies.append(
            BodyState(f"b{i + 1:03d}", member, status, "", (Source("来件/第一批.zip", f"{member.short}.xlsx"),),
                      made, last, findings, _files(member.name, status))
        )  # fmt: skip
    return _together(tuple(bodies))


def _copied(short: str, made: Report, bodies: list[BodyState]) -> dict[str, str]:
    models = {"云岭镇": "石桥镇", "县统计局": "县审计局"}
    source = next((b for b in bodies if b.member.short == models.get(short)), None)
    if source is None or source.report is None:
        return dict(made.texts)
    copied = {k: v.replace(source.member.name, made.name) for k, v in source.report.texts.items()}
    if short == "县统计局":
        copied["problems"] = made.texts["problems"]
    return copied


def _together(bodies: tuple[BodyState, ...]) -> Desk:
    now, last = Adder(EDITION), Adder(EDITION, last_year=True)
    for body in bodies:
        now.add(body)
        last.add(body)
    texts = {b.id: alike.joined(b.report.texts) for b in bodies if b.report}
    crowd = alike.together(c() for c in alike.comparisons(texts))
    pairs = tuple(pair for shown in alike.worded(crowd, texts) for pair in shown())
    strays = (
        Stray(Source("来件/邻县镇.xlsx"), Status.UNKNOWN, "“邻县示例镇人民政府”不在名册上", "邻县示例镇人民政府", 2025),
        Stray(Source("来件/第二批.zip", "永和镇.xlsx"), Status.RECEIVED, "与“来件/永和镇.xlsx”内容相同，只计一次"),
        Stray(Source("来件/扫描件.xlsx"), Status.UNREADABLE, "文件不是 Excel 工作簿"),
    )
    rule = EDITION.rule["G3"]
    what = "还不能确定：白沙镇、县信访局等没有报送"
    county_wide = tell(rule, "全县", what, severity=Severity.ERROR)
    return Desk("示例县", 2025, "2021", "2026-01-20", True, bodies, strays, now.totals(), last.totals(), pairs,
                (county_wide,), {"rollup": "汇总/示例县2025年汇总表.xlsx", "detail": "汇总/明细.xlsx"})  # fmt: skip
