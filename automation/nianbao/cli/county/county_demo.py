"""An invented county, and what batch and rollup make of it (demo --county)."""

from __future__ import annotations

from pathlib import Path

from nianbao.cli.county.batch import batch
from nianbao.cli.county.rollup import rollup
from nianbao.cli.parser import PROGRAM


def demo(folder: Path) -> int:
    """Invent a county, run batch and rollup on it."""
    from nianbao.cli.verbs import parse  # noqa: PLC0415
    from nianbao.county import demo as invented  # noqa: PLC0415

    county = invented.invent()
    listed, delivered = invented.write(county, folder)
    print(f"1. 名册（虚构的{invented.COUNTY}，{len(county.members)} 个单位）：{listed}")
    print(f"2. 收到的填报表（其中故意放了 {len(county.planted)} 种情况）：{delivered}")
    print(f"3. 批量处理：{PROGRAM} batch")
    arguments = ["batch", str(delivered), "--roster", str(listed), "-o", str(folder / "结果")]
    code = batch(parse(arguments))
    print(f"4. 汇总：{PROGRAM} rollup --partial")
    target = folder / "汇总" / f"{invented.COUNTY}{invented.YEAR}年汇总（不完整）.xlsx"
    if target.exists():
        print(f"   上次已汇总：{target}")
        return code
    target.parent.mkdir(parents=True, exist_ok=True)
    arguments = ["rollup", str(delivered), "--roster", str(listed), "-o", str(target), "--partial"]
    return max(code, rollup(parse(arguments)))
