"""情况一览.xlsx: bodies, files, reminders, scores, the season's log; the officer's words in its column 归属."""

from nianbao.county.desk.overview.assignment_column import AssignmentWord, words
from nianbao.county.desk.overview.comparison_sheets import Named
from nianbao.county.desk.overview.overview_book import Sources, overview

__all__ = ["AssignmentWord", "Named", "Sources", "overview", "words"]
