"""Random messy folders with known truth: what clerks send, named, spelt and packed as they do.

Every folder has a roster of nine bodies and for each of them one kind of mess; `Truth` says whose each file is.
"""

import io
import random
import zipfile
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from pathlib import Path

from county.forms import Form, published, values_of, written
from county.towns import renamed
from nianbao.county.demo.planted_faults import zipped
from nianbao.county.model import Member
from nianbao.county.roster.roster_book import write_roster
from nianbao.form import load_edition

OURS, THEIRS = "云岭县", "青溪县"
FIRST, SECOND = (
    "永城十古东南西北高石大平新白黄龙凤梅桃柳松竹金银铜铁",
    "平关方田安坪坑岭溪洋湖山江河桥塘坊寨堡屯湾岗峰坡渡林",
)
DEPARTMENTS = ("教育局", "民政局", "水利局", "司法局", "审计局", "农业农村局", "科学技术局", "市场监督管理局")
KINDS = (
    "plain", "plain", "renamed", "renamed", "misspelt", "doubled", "copied", "foreign", "foreign missing",
    "wrong kind", "wrong year", "stale", "nested", "mailed", "gbk", "missing", "nameless", "published",
    "published beside", "published broken", "weak", "stale whole",
)  # fmt: skip
PRINTED = {v.key for t in load_edition("2021").tables if t.printed for v in t.values}
NO_FORM = {".docx": b"PK\x03\x04", ".et": b"\xd0\xcf\x11\xe0", ".eml": b"From: a\r\n\r\n", ".jpg": b"\xff\xd8",
           ".pdf": b"%PDF-1.4", ".wps": b"\xd0\xcf\x11\xe0", ".rar": b"Rar!"}  # fmt: skip


@dataclass
class Truth:
    """Whose each file is (by path and member of an archive): a body's name, or '' for one of another county.

    `near` are files whose form spells its body's name in another way; `figures` those of the forms that may count.
    """

    members: tuple[Member, ...]
    kinds: dict[str, str] = field(default_factory=dict)
    owner: dict[tuple[str, str], str] = field(default_factory=dict)
    figures: dict[tuple[str, str], dict] = field(default_factory=dict)
    near: set = field(default_factory=set)


def roster(rng: random.Random) -> tuple[Member, ...]:
    names: list[str] = []
    while len(names) < 6:
        name = rng.choice(FIRST) + rng.choice(SECOND)
        # of two towns whose names differ in one character a misspelt name can be either's
        if all(len(set(name) & set(n)) == 0 for n in names):
            names.append(name)
    towns = [Member(f"{n}镇人民政府", f"{n}镇", "town") for n in names[:5]]
    towns.append(Member(f"{names[5]}街道办事处", f"{names[5]}街道", "street"))
    offices = [Member(f"{OURS}{d}", d, "department") for d in rng.sample(DEPARTMENTS, 2)]
    offices.append(Member(f"{OURS}人民政府办公室", "县政府办", "county_office"))
    return tuple(
        replace(m, phone=f"0597-48{i:05d}", deadline="2026-01-20", row=4 + i)
        for i, m in enumerate([*towns, *offices], rng.randint(1, 900))
    )


def make(folder: Path, seed: int) -> Truth:
    """Write a roster and a folder 收到 below `folder`; return the truth."""
    rng = random.Random(seed)
    members = roster(rng)
    truth = Truth(members)
    (folder / "收到").mkdir(parents=True)
    (folder / "名册.xlsx").write_bytes(write_roster(load_edition("2021"), members))
    for member in members:
        kind = rng.choice(KINDS)
        truth.kinds[member.name] = kind
        _MAKERS[kind.split()[0]](folder / "收到", member, truth, rng)
    if rng.random() < 0.5:
        (folder / "收到" / "通知.docx").write_bytes(b"PK")
        truth.owner["通知.docx", ""] = ""
    return truth


def _form(member: Member, rng: random.Random, **more) -> Form:
    return Form(**{"name": member.name, "county": rng.choice((OURS, OURS, "")), "level": member.level,
                   "seat": member.short, "phone": member.phone, "figures": rng.randint(1, 4), **more})  # fmt: skip


def _file_name(member: Member, rng: random.Random) -> str:
    style = rng.choice(
        (
            "{full}",
            "{short}",
            "{short}2025年度年报填报表",
            "2025{short}（改）",
            "附件2：{full}填报表",
            "{stem}年报",
            "{any}",
        )
    )
    bare = member.short.removesuffix("镇").removesuffix("街道")
    return style.format(full=member.name, short=member.short, stem=bare if len(bare) > 1 else member.short,
                        any=f"填报表{rng.randint(1, 10**9)}")  # fmt: skip


def _put(folder: Path, name: str, data: bytes, rng: random.Random, *, sub: bool = True) -> str:
    below = rng.choice(("", "", "乡镇/", "第一批/补报/")) if sub else ""
    path = f"{below}{name}"
    while (folder / path).exists():
        path = f"{below}{rng.randint(1, 999)}{name}"
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(data)
    return path


def _deliver(folder, member, truth, rng, form, name="", *, near=False):
    path = _put(folder, f"{name or _file_name(member, rng)}.xlsx", written(form), rng)
    truth.owner[path, ""] = member.name
    truth.figures[path, ""] = values_of(form)
    if near:
        truth.near.add((path, ""))
    return path


def _plain(folder, member, truth, rng):
    _deliver(folder, member, truth, rng, _form(member, rng))


def _renamed(folder, member, truth, rng):
    short = member.short
    if member.level == "town":
        ways = (f"{short}政府", short, f"{OURS}{member.name}", f"福建省{OURS}{member.name}", f"{short}人民 政府",
                f"{OURS}{short}", f"{member.name}（本级）")  # fmt: skip
    elif member.level == "street":
        ways = (f"{short}办", short, f"{OURS}{member.name}", f"{short}办事处（本级）", f"福建省{OURS}{short}")
    elif member.level == "department":
        ways = (short, f"{member.name}（本级）", f"福建省{member.name}", f"县{short}", f"{member.name}机关")
    else:
        ways = ("县政府办公室", f"{OURS}政府办公室", f"{OURS}政府办", "县人民政府办公室", f"福建省{member.name}")
    _deliver(folder, member, truth, rng, _form(member, rng, name=rng.choice(ways)), near=True)


def misspelt(name: str, own: str, rng: random.Random) -> str:
    """The name with a slip in its own part."""
    at = rng.randrange(len(own))
    other = rng.choice([c for c in "坪乎泳末士夭丕己入千" if c not in own])
    ways = [own[:at] + other + own[at + 1 :], own[:at] + own[at] + own[at:]]
    if len(own) > 3:
        ways += [own[:at] + own[at + 1 :], own[1] + own[0] + own[2:]]
    return name.replace(own, rng.choice(ways))


def _misspelt(folder, member, truth, rng):
    own = member.short.removesuffix("镇").removesuffix("街道")
    own = "人民政府办公室" if member.level == "county_office" else own
    form = _form(member, rng, name=misspelt(member.name, own, rng))
    _deliver(folder, member, truth, rng, form, near=True)


def _doubled(folder, member, truth, rng):
    first, second = rng.sample(range(1, 5), 2)
    for figures in (first, second):
        _deliver(folder, member, truth, rng, _form(member, rng, figures=figures))


def _copied(folder, member, truth, rng):
    form = _form(member, rng)
    for name in (member.short, f"{member.short}副本"):
        _deliver(folder, member, truth, rng, form, name)


def _foreign(folder, member, truth, rng):
    """A namesake of the neighbour's, beside the body's own form or in its place."""
    kind = truth.kinds[member.name]
    name = member.name.replace(OURS, THEIRS)
    form = _form(member, rng, name=name, county=THEIRS, phone=f"0597-99{rng.randint(10000, 99999)}")
    path = _put(folder, f"{rng.choice((member.short, THEIRS + member.short, '填报表'))}.xlsx", written(form), rng)
    truth.owner[path, ""] = ""
    if kind == "foreign":
        _plain(folder, member, truth, rng)


def _wrong(folder, member, truth, rng):
    if truth.kinds[member.name] == "wrong year":
        _deliver(folder, member, truth, rng, _form(member, rng, year=2024))
        return
    end, data = rng.choice(sorted(NO_FORM.items()))
    path = _put(folder, f"{rng.choice((member.short, member.name, member.short + '年报'))}{end}", data, rng)
    truth.owner[path, ""] = member.name


def _stale(folder, member, truth, rng):
    """A form taken from a neighbour on the roster, its name left standing; file name, seat or phone tell the truth."""
    other = rng.choice([m for m in truth.members if m.level == member.level and m is not member] or [None])
    if other is None:
        _plain(folder, member, truth, rng)
        return
    form = _form(member, rng, name=other.name)
    if truth.kinds[member.name] == "stale whole":
        form = replace(form, seat=member.short, phone=member.phone)
        _deliver(folder, member, truth, rng, form, other.short)
        return
    told = rng.choice(("file", "seat", "phone"))
    if told == "file" or member.level == "department":
        form = replace(form, seat=other.short, phone=other.phone)
        _deliver(folder, member, truth, rng, form, member.short)
    else:
        form = replace(form, phone=other.phone) if told == "seat" else replace(form, seat="本单位")
        _deliver(folder, member, truth, rng, form, "填报表")


def _weak(folder, member, truth, rng):
    """A body's own form, named after it, with a neighbour's telephone left in it."""
    other = rng.choice([m for m in truth.members if m is not member])
    _deliver(folder, member, truth, rng, _form(member, rng, phone=other.phone), f"{member.short}年报")


def _archive(entries) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in entries.items():
            target.writestr(name, data)
    return out.getvalue()


def _nested(folder, member, truth, rng):
    _packed(folder, member, truth, rng, [_archive, zipped] * 2, rng.randint(2, 4))


def _mailed(folder, member, truth, rng):
    _packed(folder, member, truth, rng, [_mail, zipped, _archive], rng.randint(1, 3))


def _packed(folder, member, truth, rng, ways, depth):
    """A form in as many containers as `depth`, their names in turn the body's and others."""
    form = _form(member, rng)
    name, data = f"{rng.choice((member.short, '填报表'))}.xlsx", written(form)
    parts = []
    for n in range(depth):
        parts.insert(0, name)
        pack = ways[0] if n == depth - 1 else rng.choice(ways)
        data = pack({name: data})
        name = rng.choice((member.short, "报送", "年报（2025）", f"{member.name}材料")) + (
            ".eml" if pack is _mail else ".zip"
        )
    path = _put(folder, name, data, rng)
    truth.owner[path, "/".join(parts)] = member.name
    truth.figures[path, "/".join(parts)] = values_of(form)


def _mail(entries) -> bytes:
    message = EmailMessage()
    message["Subject"] = "报送年报"
    message.set_content("请查收。")
    for name, data in entries.items():
        message.add_attachment(data, "application", "octet-stream", filename=name)
    return message.as_bytes()


def _published(folder, member, truth, rng):
    """A report as published in place of the form, beside it, or with a row that can't be read."""
    kind, form = truth.kinds[member.name], _form(member, rng)
    end = rng.choice((".docx", ".html"))
    data = published(form, end)
    if kind == "published broken":
        data = renamed(published(form, ".docx"), {"一、本年新收政府信息公开申请数量": "（看不清）"})
        end = ".docx"
    name = rng.choice(
        (member.short, f"{member.name}2025年政府信息公开工作年度报告", f"{member.short}年报（定稿）", "年度报告")
    )
    path = _put(folder, name + end, data, rng)
    truth.owner[path, ""] = member.name
    truth.figures[path, ""] = {k: v for k, v in values_of(form).items() if k in PRINTED}
    if kind == "published beside":
        _deliver(folder, member, truth, rng, form)


def _gbk(folder, member, truth, rng):
    form = _form(member, rng)
    name = f"{member.short}填报表.xlsx"
    path = _put(folder, f"{rng.choice((member.short, '附件', '邮件附件'))}.zip", zipped({name: written(form)}), rng)
    truth.owner[path, name] = member.name
    truth.figures[path, name] = values_of(form)


def _nameless(folder, member, truth, rng):
    _deliver(folder, member, truth, rng, _form(member, rng, name=" "), member.short)


def _missing(folder, member, truth, rng):
    del folder, member, truth, rng


_MAKERS = {"plain": _plain, "renamed": _renamed, "misspelt": _misspelt, "doubled": _doubled, "copied": _copied,
           "foreign": _foreign, "wrong": _wrong, "stale": _stale, "nested": _nested, "mailed": _mailed, "gbk": _gbk,
           "published": _published,
           "missing": _missing, "nameless": _nameless, "weak": _weak}  # fmt: skip
