"""Reports of an invented county: names, figures in which everything agrees, texts that fit them. All drawn by seed.

Knows the national form: the invented county reports in its edition of 2021 and in no other.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from nianbao.county.model import Member
from nianbao.form import Edition, Kind, load_edition
from nianbao.numbers import Number
from nianbao.report import Report

COUNTY, YEAR, EDITION = "示例县", 2025, "2021"
_TOWNS = "东南西北中云山水石金竹松梅兰桥湖溪"
_DEPARTMENTS = ("教育局", "民政局", "财政局", "交通运输局", "农业农村局", "卫生健康局")

_WAYS = ("政府门户网站", "政务公开栏", "村务公开栏", "微信公众号", "政务服务大厅", "广播和宣传单")
_FIELDS = (
    "民生实事",
    "乡村振兴",
    "义务教育",
    "社会救助",
    "环境整治",
    "财政预决算",
    "安全生产",
    "道路养护",
    "医疗保障",
    "惠农补贴",
)
_HABITS = (
    "每月初由办公室汇总各股室的公开清单",
    "每季度请群众代表查看公开栏并当场记下意见",
    "在赶集日设点解答群众对公开内容的疑问",
    "把公开内容的更新列入干部的周工作安排",
    "逐条核对网站栏目与纸质公开栏是否一致",
    "邀请老党员朗读并讲解新出台的办法",
    "在村口增设了可以更换的透明公开夹",
    "请学校老师帮助把办事流程改写成问答",
    "对超过半年没有更新的栏目逐个列单销号",
)
_PROBLEMS = (
    ("部分栏目更新不够及时", "指定专人每周查看更新情况"),
    ("政策解读的形式比较单一", "增加图解和现场讲解"),
    ("基层工作人员对公开范围掌握不够准确", "组织两次业务培训"),
    ("偏远村组群众获取信息的渠道偏少", "在村级便民点增设查阅资料"),
    ("答复文书的格式还不够规范", "统一答复文书并由专人审核"),
    ("公开内容的检索不够方便", "按办事主题重新整理目录"),
)


def members(towns: int = 17) -> tuple[Member, ...]:
    """Return the roster of the invented county."""
    named = [_TOWNS[i % len(_TOWNS)] + ("" if i < len(_TOWNS) else f"{i // len(_TOWNS):02d}") for i in range(towns)]
    listed = [
        Member(f"示例{n}镇人民政府", f"示例{n}镇", "town", former=("示例老桥乡人民政府",) if n == "桥" else ())
        if i % 8 != 7
        else Member(f"示例{n}街道办事处", f"示例{n}街道", "street")
        for i, n in enumerate(named)
    ]
    listed += [Member(f"{COUNTY}{d}", d, "department") for d in _DEPARTMENTS]
    listed.append(Member(f"{COUNTY}人民政府办公室", "县政府办", "county_office"))
    return tuple(
        replace(m, contact=f"示例联系人{i + 1}", phone=f"0597-00000{i + 1:02d}", row=4 + i,
                deadline=f"{YEAR + 1}-01-{'20' if m.level in ('town', 'street') else '31'}")
        for i, m in enumerate(listed)
    )  # fmt: skip


def report_of(member: Member, rng: random.Random, year: int = YEAR) -> Report:
    """Return an invented report in which everything agrees, with last year's stock left out."""
    edition = load_edition(EDITION)
    values = _figures(edition, member, rng)
    body = {
        "name": member.name, "level": member.level, "county": COUNTY, "office": f"{member.shown}办公室",
        "address": f"{COUNTY}{member.shown}示例路{rng.randint(1, 99)}号", "phone": member.phone or "0597-0000000",
        "postcode": "364300", "signed_on": f"{year + 1}年1月{rng.randint(5, 19)}日",
    }  # fmt: skip
    return Report(EDITION, year, body, values, _texts(member, values, rng))


def _figures(edition: Edition, member: Member, rng: random.Random) -> dict[str, Number]:
    many = 3 if member.level in ("department", "county_office") else 1
    inputs: dict[str, Number] = {}
    for key, value in edition.values.items():
        if key in edition.sums or edition.table[value.table].help:
            continue
        inputs[key] = Decimal(0) if value.kind is Kind.AMOUNT else 0
    issued = rng.randint(0, 2)
    inputs["proactive.normative_documents.issued"] = issued
    inputs["proactive.normative_documents.in_force"] = issued + rng.randint(0, 5)
    if member.level == "department":
        for row in ("licences", "penalties"):
            inputs[f"proactive.{row}.decisions"] = rng.randint(0, 120)
        inputs["proactive.charges.amount"] = Decimal(rng.randint(0, 30000)) / 100
    for column in ("natural_person", "business"):
        results = {r: rng.randint(0, 2 * many) for r in ("full_grant", "partial_grant", "unavailable.not_held")}
        for row, count in results.items():
            inputs[f"requests.{row}.{column}"] = count
        end, start = rng.randint(0, 1), rng.randint(0, min(1, sum(results.values())))
        inputs[f"requests.pending_end.{column}"], inputs[f"requests.pending_start.{column}"] = end, start
        inputs[f"requests.received.{column}"] = sum(results.values()) + end - start
    inputs["review.reconsideration.upheld"] = rng.randint(0, many)
    return with_totals(edition, inputs)


def with_totals(edition: Edition, inputs: Mapping[str, Number]) -> dict[str, Number]:
    """Return the inputs and every total that follows from them, in the form's order."""
    values = dict(inputs)

    def value(key: str) -> Number:
        if key not in values:
            values[key] = sum(value(k) for k in edition.sums[key].right)
        return values[key]

    for key, identity in edition.sums.items():
        if all(k in inputs or k in edition.sums for k in identity.right):
            value(key)
    return {k: values[k] for k in edition.values if k in values}


def _texts(member: Member, values: Mapping[str, Number], rng: random.Random) -> dict[str, str]:
    us = {"town": "本镇", "street": "本街道"}.get(member.level, "本机关")
    received, start, done, end = (
        values[f"requests.{r}.total"] for r in ("received", "pending_start", "total", "pending_end")
    )
    ways, fields = rng.sample(_WAYS, 3), rng.sample(_FIELDS, 4)
    habits, problems = rng.sample(_HABITS, 3), rng.sample(_PROBLEMS, 2)
    cases = values["review.reconsideration.total"]
    overview = [
        "（一）主动公开",
        f"{us}通过{'、'.join(ways)}公开{'、'.join(fields)}等方面的信息，{habits[0]}。",
        "（二）依申请公开",
        f"全年收到政府信息公开申请{received}件，上年结转{start}件，办结{done}件，结转下年度{end}件。",
        "（三）政府信息管理",
        f"{member.shown}{habits[1]}，对已公开的信息定期核查。",
        "（四）政府信息公开平台建设",
        f"{us}{habits[2]}，{rng.choice(_FIELDS)}栏目按月更新。",
        "（五）监督保障",
        f"由{member.shown}办公室负责日常工作，"
        + (f"全年发生行政复议{cases}件，结果维持{cases}件。" if cases else "全年没有发生行政复议。"),
    ]
    problem_lines = [
        f"一是{problems[0][0]}，二是{problems[1][0]}。",
        f"针对上述问题，{us}将采取以下措施：{problems[0][1]}，{problems[1][1]}。",
    ]
    return {
        "overview": "\n".join(overview),
        "problems": "\n".join(problem_lines),
        "other_matters": f"{us}本年度没有收取信息处理费，没有其他需要报告的事项。",
    }
