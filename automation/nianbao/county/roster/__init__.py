"""The roster (名册): which bodies report, their levels and names, as typed. Pure; roster_book.py has the file."""

from nianbao.county.roster.levels import is_sum, level_of
from nianbao.county.roster.listed import Roster
from nianbao.county.roster.mistakes import SHEET
from nianbao.county.roster.names import fold
from nianbao.county.roster.roster_rows import COLUMNS, from_rows

__all__ = ["COLUMNS", "SHEET", "Roster", "fold", "from_rows", "is_sum", "level_of"]
