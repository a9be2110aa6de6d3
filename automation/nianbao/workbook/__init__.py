"""The standard workbook of an edition: its addresses, building it, reading it back. openpyxl is imported only here."""

from nianbao.workbook.build import build
from nianbao.workbook.layout import layout
from nianbao.workbook.read import read

__all__ = ["build", "layout", "read"]
