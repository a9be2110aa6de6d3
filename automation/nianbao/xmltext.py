"""Text as XML holds it, the way lxml writes it. Python's own xml.sax would bring urllib into every start."""

from __future__ import annotations


def escape(text: str) -> str:
    """Return text for the inside of an element."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def quoted(text: str) -> str:
    """Return text as an attribute's value, with its quotation marks."""
    inside = escape(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")
    return f'"{inside}"'
