"""Which cells a stretch of a clause may speak of, in which readings. Whether it may be refused is `frames`' affair."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.checks.text.domains import Domain
from nianbao.checks.text.of_documents import decisions, documents, fees
from nianbao.checks.text.of_requests import requests
from nianbao.checks.text.of_reviews import reviews
from nianbao.checks.text.stretch import ITEMS, Meant, Stretch


def meanings(stretch: Stretch, subject: Domain | None) -> Iterator[Meant]:
    """Yield what the figure may mean; nothing when it is a part, a channel, or not one of the form's figures."""
    if subject is Domain.FEE:
        yield from fees(stretch)
    elif subject is Domain.DECISIONS:
        yield from decisions(stretch)
    elif stretch.token.unit not in ITEMS:
        return
    elif subject is Domain.REQUESTS:
        yield from requests(stretch)
    elif subject is Domain.REVIEW:
        yield from reviews(stretch)
    elif subject is Domain.DOCUMENTS and not stretch.text[: stretch.chunk.at].endswith("各"):
        yield from documents(stretch)
