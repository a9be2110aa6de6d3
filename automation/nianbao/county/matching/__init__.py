"""Whose file is whose: delivered files against the roster by all that speaks for a body; what is doubtful is asked."""

from nianbao.county.matching.delivered import Answer, Delivered, Match, Matched, Whose
from nianbao.county.matching.pile_standing import mark
from nianbao.county.matching.piles import match

__all__ = ["Answer", "Delivered", "Match", "Matched", "Whose", "mark", "match"]
