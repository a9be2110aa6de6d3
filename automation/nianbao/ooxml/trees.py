"""Parts of a file to trees and back. All parsers of XML are made here: none resolves an entity or fetches anything.

A parser is made for each part: lxml's are not to be shared between threads, and one takes some microseconds.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from lxml import etree

Element = etree._Element

BrokenError = etree.XMLSyntaxError
"""What is raised for a part that is no sound XML."""


def parsed(part: str | bytes, *, comments: bool = True, instructions: bool = True) -> Element:
    """Return the root of a part, with its comments and processing instructions or without. Raises BrokenError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=not comments, remove_pis=not instructions
    )
    return etree.fromstring(part.encode() if isinstance(part, str) else part, parser)


def bare(part: bytes) -> Element:
    """Return the root of a part as a reader wants it: elements and texts alone. Raises BrokenError."""
    return parsed(part, comments=False, instructions=False)


def streamed(part: bytes, events: Sequence[str] = ("end",), tag: str | None = None) -> etree.iterparse:
    """Return the elements of a part while they are read, in pairs with the event. It raises BrokenError on its way."""
    return etree.iterparse(io.BytesIO(part), events=events, tag=tag, resolve_entities=False, no_network=True)


def written(root: Element) -> bytes:
    """Return a part with this root, as Office declares it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
