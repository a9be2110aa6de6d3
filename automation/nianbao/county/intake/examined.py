"""What is kept of a delivered file that was read: the few words that matching needs, and its record as JSON."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from nianbao import __version__
from nianbao.form import edition_ref
from nianbao.notice import Notice

Raw = dict[str, Any]

_RECORD = 7
"""Raised when a record holds something new: what an earlier program kept is read again."""


@dataclass(frozen=True)
class Examined:
    """The few words of a file that matching needs; `error` says why it can't be read. The rest is its record.

    `register` tells whether a register of applications came with it. `day` is the day it was judged by (ISO) where
    its date lies ahead of that day, so that another day may judge it otherwise; '' where every later day says the same.
    `office`, `address`, `phone` and `last_name` (whom last year's figures are of) are witnesses of whose it is.
    `reasons` are marks of the written reasons, divided by spaces, `last` is one of last year's report, `figures` one of
    the year and the figures. `published` names what was read where it is no form but the report as published; `doubt`
    says what of such a one was not surely read, '' where all was. `saved` is when the file says that it was last saved
    (ISO with zone), '' where it doesn't. `results` tells that it is the data of a run's results, `texts` whether
    anything is written in it beside figures, `unlisted` that it is such data of a run without a roster.
    """

    key: str
    sha256: str
    name: str = ""
    level: str = ""
    county: str = ""
    year: int | None = None
    edition: str = ""
    digest: str = ""
    error: str = ""
    register: bool = False
    day: str = ""
    office: str = ""
    address: str = ""
    phone: str = ""
    last_name: str = ""
    reasons: str = ""
    last: str = ""
    saved: str = ""
    published: str = ""
    doubt: str = ""
    figures: str = ""
    results: bool = False
    texts: bool = False
    unlisted: bool = False

    @property
    def is_form(self) -> bool:
        """Tell whether it is a workbook that may be marked and sent back."""
        return not self.published and not self.results

    def holds_on(self, today: date | None) -> bool:
        """Tell whether judging the file on this day would say the same."""
        return not self.day or (today is not None and self.day == today.isoformat())


@dataclass(frozen=True)
class Examination:
    """One file's few words and its record: report, last year's, findings, verdicts, reasons, paragraphs' places."""

    examined: Examined
    record: Raw


def key_of(sha256: str, name: str, edition: str, notice: Notice | None = None) -> str:
    """Return the key under which an examination is kept: content, name, program, edition and notice asked for.

    An edition file counts by what it says, not by its name or place. The day is no part of it: see Examined.day.
    Raises EditionError.
    """
    form = edition_ref(edition).digest if edition.endswith(".toml") else edition
    asked = (repr(notice),) if notice else ()
    return hashlib.sha256("\n".join((__version__, str(_RECORD), form, name, sha256, *asked)).encode()).hexdigest()
