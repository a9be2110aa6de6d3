"""The county's own notice: read from its file, with the texts of the form it is about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.form import edition_names, load_edition
from nianbao.watch import watched

if TYPE_CHECKING:
    from nianbao.notice import Notice


@watched
def read_notice(path: Path, edition: str = "") -> Notice:
    """Return the notice in a file; `edition` (an id or a .toml file) is the form it is about, else any that is shipped.

    Raises InputError with every fault of the file, EditionError.
    """
    from nianbao.notice.loader import read_notice as read  # noqa: PLC0415 - only where a notice is given

    return read(path, [load_edition(name) for name in ([edition] if edition else edition_names())])
