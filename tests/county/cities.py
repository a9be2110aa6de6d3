"""A city for the tests: counties that each have run `batch`, and the city's own bodies; what is right is known."""

import random
import shutil
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from county import towns
from county.forms import Form, values_of, written
from nianbao.county.model import Member
from nianbao.county.roster.roster_book import write_roster
from nianbao.form import load_edition

EDITION = load_edition("2021")
CITY = "龙岩市"
KEYS = [v.key for t in EDITION.tables if not t.help for v in t.values]
NAMES = ("云岭", "青溪", "长汀", "石门", "白沙", "金溪", "南浦", "松源", "桃源", "大田", "古田", "明溪")
SECOND = "关方田坪坑岭溪洋湖山江河桥塘坊寨堡"
DEPARTMENTS = ("教育局", "民政局", "水利局", "司法局", "审计局", "财政局", "商务局", "林业局", "统计局", "医保局")


@dataclass
class County:
    """A county: its bodies, the form of each, and where its results lie."""

    name: str
    members: list[Member]
    forms: dict[str, Form]
    results: Path = Path()

    def truth(self, levels=("town", "street", "department", "county_office")):
        """The sum of the forms of bodies of these levels, cell by cell, by plain addition."""
        chosen = [values_of(f) for f in self.forms.values() if f.level in levels]
        return {k: sum((Decimal(v[k]) for v in chosen if k in v), Decimal()) for k in KEYS}


@dataclass
class City:
    """A city's folder: 名册.xlsx, 收到 (the counties' results and the forms of its own bodies)."""

    folder: Path
    counties: list[County]
    own: dict[str, Form] = field(default_factory=dict)

    @property
    def received(self):
        return self.folder / "收到"

    def truth(self):
        """The sum of all bodies of all counties and of the city's own, by plain addition."""
        parts = [c.truth() for c in self.counties] + [values_of(f) for f in self.own.values()]
        return {k: sum((Decimal(p[k]) for p in parts), Decimal()) for k in KEYS}


def county(name: str, bodies: int, rng: random.Random) -> County:
    """A county of so many bodies; of its towns 永平镇, 城关镇 and so on have namesakes in every other one."""
    towns_ = max(3, bodies * 2 // 3)
    first = [("永平镇", "town"), ("城关镇", "town"), ("东街街道", "street")]
    first += [(f"{rng.choice('高石大平新白黄')}{c}镇", "town") for c in SECOND[: towns_ - 3]]
    ends = {"town": "人民政府", "street": "办事处"}
    listed = [Member(n + ends[level], n, level) for n, level in first]
    listed += [Member(f"{name}{d}", d, "department") for d in DEPARTMENTS[: bodies - towns_ - 1]]
    listed.append(Member(f"{name}人民政府办公室", "县政府办", "county_office"))
    members = [replace(m, county=name, phone=f"0597-48{i:05d}") for i, m in enumerate(listed, rng.randint(100, 9000))]
    drawn = rng.sample(range(1, bodies + 4), bodies)  # no two of a county write alike
    return County(name, members, {m.name: form(m, n) for m, n in zip(members, drawn, strict=True)})


def form(member: Member, figures: int, **more) -> Form:
    told = {"name": member.name, "county": member.county, "level": member.level, "seat": member.short,
            "phone": member.phone, "figures": figures}  # fmt: skip
    return Form(**(told | more))


def run_county(one: County, folder: Path, results: Path, *, leave_out=(), formats="json") -> int:
    """Deliver a county's forms below `folder` and run batch into `results`."""
    received = folder / "收到"
    received.mkdir(parents=True)
    for member in one.members:
        if member.name not in leave_out:
            (received / f"{member.short}.xlsx").write_bytes(written(one.forms[member.name]))
    roster = folder / "名册.xlsx"
    roster.write_bytes(write_roster(EDITION, one.members))
    one.results = results
    return towns.run("batch", received, "--roster", roster, "-o", results, "--workers", 1, "--to", formats)


def city(folder: Path, counties: int, bodies: int, seed: int = 1) -> City:
    """A city of so many counties of so many bodies each; every county has run, and delivered its folder of results."""
    rng = random.Random(seed)
    made = City(folder, [county(f"{n}县", bodies, rng) for n in NAMES[:counties]])
    for one in made.counties:
        assert run_county(one, folder / "各县" / one.name, made.received / f"{one.name}报来") == 0
    own = [Member(f"{CITY}{d}", f"市{d}", "department", county=CITY) for d in DEPARTMENTS[:2]]
    own.append(Member(f"{CITY}人民政府办公室", "市政府办", "county_office", county=CITY))
    for i, member in enumerate(own):
        made.own[member.name] = form(replace(member, phone=f"0597-230000{i}"), 30 + i)
        (made.received / f"{member.short}.xlsx").write_bytes(written(made.own[member.name]))
    governments = [Member(f"{c.name}人民政府", c.name, "county", county=c.name) for c in made.counties]
    (folder / "名册.xlsx").write_bytes(write_roster(EDITION, [*governments, *own]))
    return made


def run_city(made: City, *more, out="结果"):
    """Run batch for the city; return its exit code and its folder of results."""
    results = made.folder / out
    beside = ("--roster", made.folder / "名册.xlsx", "-o", results, "--workers", 1, "--to", "json")
    return towns.run("batch", made.received, *beside, *more), results


def copied(made: City, folder: Path) -> City:
    """The same city in another folder, to be changed."""
    shutil.copytree(made.folder, folder, dirs_exist_ok=True)
    again = [replace(c, results=folder / c.results.relative_to(made.folder)) for c in made.counties]
    return City(folder, again, made.own)
