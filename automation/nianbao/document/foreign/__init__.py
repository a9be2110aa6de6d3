"""What a Word file may bring with it besides text: lists of what a printed form needs; whatever is not on them is told.

The same look is taken at a template (lint/links.py) and at every document before it is handed over (readback.py): what
a template, a cached template or a typed word brought in is not handed over, whoever put it there.
"""

from nianbao.document.foreign.looking import Brought, look

__all__ = ["Brought", "look"]
