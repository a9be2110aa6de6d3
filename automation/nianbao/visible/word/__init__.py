"""What Word shows of a document: `WordEye` is its eye, which says of each paragraph what is `Seen`."""

from __future__ import annotations

from nianbao.visible.word.enclosing import is_beneath
from nianbao.visible.word.eye import Seen, WordEye
from nianbao.visible.word.xml import chosen_of, is_on, parts_of

__all__ = ["Seen", "WordEye", "chosen_of", "is_beneath", "is_on", "parts_of"]
