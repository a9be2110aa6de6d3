"""What the verbs of a county do: roster, new --roster, batch, rollup, demo --county."""

from nianbao.cli.county.batch import batch
from nianbao.cli.county.demo import demo
from nianbao.cli.county.forms import new_roster, roster
from nianbao.cli.county.rollup import rollup

__all__ = ["batch", "demo", "new_roster", "rollup", "roster"]
