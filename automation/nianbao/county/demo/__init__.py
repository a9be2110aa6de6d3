"""An invented county of 17 towns, departments and the office: a roster and a folder of workbooks with planted faults.

Everything is drawn from one seed: same seed, same files. All names begin with 示例.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nianbao import workbook
from nianbao.county.demo.invented import COUNTY, EDITION, YEAR, members, report_of
from nianbao.county.demo.planted_faults import FAULTS, Planted, alike, renamed
from nianbao.county.model import Member
from nianbao.county.roster.roster_book import write_roster
from nianbao.files import write_result
from nianbao.form import load_edition
from nianbao.report import Report

SEED = 30

__all__ = ["COUNTY", "EDITION", "SEED", "YEAR", "InventedCounty", "Planted", "invent", "write"]


@dataclass(frozen=True)
class InventedCounty:
    """The invented county: its roster, the files to deliver by path, the faults in them, the reports as invented."""

    members: tuple[Member, ...]
    files: Mapping[str, bytes]
    planted: tuple[Planted, ...]
    reports: Mapping[str, Report]


def invent(towns: int = 17, seed: int = SEED, *, faults: bool = True) -> InventedCounty:
    """Return the invented county with a fault of each kind planted, or with none."""
    rng = random.Random(seed)  # noqa: S311 - invented figures, nothing secret
    listed = members(towns)
    edition = load_edition(EDITION)
    reports = {m.name: report_of(m, rng) for m in listed}
    planted: list[Planted] = []
    files: dict[str, bytes] = {}
    forms = workbook.Filling()
    spoil = dict(zip((m.name for m in listed), FAULTS, strict=False)) if faults else {}
    for member in listed:
        report = reports[member.name]
        folder = {"town": "乡镇", "street": "乡镇"}.get(member.level, "县直")
        fault = spoil.get(member.name)
        if fault is None:
            files[f"{folder}/{member.shown}.xlsx"] = forms.build(edition, report)
        else:
            made, told = fault(edition, member, report, rng)
            files.update({f"{folder}/{name}": data for name, data in made.items()})
            planted.append(told)
    if faults:
        towns_named = [m for m in listed if m.level == "town"]
        files |= alike(edition, towns_named[-2:], reports, planted)
        files["其他/示例外县镇.xlsx"] = workbook.build(edition, renamed(reports[listed[0].name], "示例外县镇人民政府"))
        planted.append(Planted("示例外县镇人民政府", "unknown", "G1"))
        files["乡镇/~$临时.xlsx"] = b"temporary"
    return InventedCounty(listed, files, tuple(planted), reports)


def write(county: InventedCounty, folder: Path) -> tuple[Path, Path]:
    """Write the roster and the delivered files; return the roster's path and the folder of deliveries."""
    roster, delivered = folder / "名册.xlsx", folder / "收到的填报表"
    write_result(roster, write_roster(load_edition(EDITION), county.members))
    for name, data in county.files.items():
        write_result(delivered / name, data)
    return roster, delivered
