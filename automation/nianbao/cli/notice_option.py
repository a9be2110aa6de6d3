"""The option --notice of new, check, make and batch."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import InputError

if TYPE_CHECKING:
    from nianbao.notice import Notice


def given(options: argparse.Namespace) -> Notice | None:
    """Return the notice that was given, None without one. Raises InputError with every fault of its file."""
    if not options.notice:
        return None
    from nianbao import pipeline  # noqa: PLC0415 - only where one is given

    return pipeline.read_notice(Path(options.notice), options.edition)


def for_forms(options: argparse.Namespace) -> Notice | None:
    """Return the notice to be shown in new workbooks. Raises InputError also when it is for another year."""
    notice = given(options)
    if notice and notice.year != options.year:
        raise InputError(f"通知文件“{options.notice}”是{notice.year}年度的，不能用于{options.year}年度的填报表")
    return notice
