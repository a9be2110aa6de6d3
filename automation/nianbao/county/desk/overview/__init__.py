"""情况一览.xlsx: bodies, files, reminders, scores, the season's log; the officer's words in its column 归属."""

from nianbao.county.desk.overview.beside import Named
from nianbao.county.desk.overview.book import Sources, overview
from nianbao.county.desk.overview.words import Word, words

__all__ = ["Named", "Sources", "Word", "overview", "words"]
