"""What the verbs of a county do: roster, new --roster, batch, rollup, demo --county."""

from nianbao.cli.county.batch import batch
from nianbao.cli.county.county_demo import demo
from nianbao.cli.county.rollup import rollup
from nianbao.cli.county.roster_forms import new_roster, roster

__all__ = ["batch", "demo", "new_roster", "rollup", "roster"]
