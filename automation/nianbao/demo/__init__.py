"""An embedded real report: 永平镇 (福建省龙岩市武平县), 2022, as published on its web page.

Brackets and commas that the website had flattened to ASCII are full-width again; its faults are left in, since they
show what the checks find. The page carries no date of signature, so the sample has none.
"""

from __future__ import annotations

from importlib import resources

from nianbao import report
from nianbao.report import Reading

SAMPLE = "yongping-2022.json"


def sample() -> Reading:
    """Return the embedded report."""
    text = (resources.files("nianbao.demo") / SAMPLE).read_text(encoding="utf-8")
    return report.loads(text)
