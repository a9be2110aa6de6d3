"""情况一览.xlsx: the bodies and every received file as a workbook, and the officer's words in its column 归属."""

from nianbao.county.desk.overview.book import overview
from nianbao.county.desk.overview.words import Word, words

__all__ = ["Word", "overview", "words"]
