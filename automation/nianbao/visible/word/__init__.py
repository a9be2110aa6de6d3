"""What Word shows of a document: `WordEye` is its eye, which says of each paragraph what is `Seen`.

The eye is loaded when it is first asked for: most reports of ours need only the quick look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao import lazily
from nianbao.visible.word.style_effects import DocxStyles, styles_among
from nianbao.visible.word.xml import chosen_of, is_on, parts_of

if TYPE_CHECKING:
    from nianbao.visible.word.enclosing import is_beneath
    from nianbao.visible.word.eye import Seen, WordEye

__getattr__ = lazily.loaded(__name__, {"enclosing": ("is_beneath",), "eye": ("Seen", "WordEye")})

__all__ = ["DocxStyles", "Seen", "WordEye", "chosen_of", "is_beneath", "is_on", "parts_of", "styles_among"]
