"""The standard workbook of an edition: addresses, building, reading back, annotating a copy. The door to openpyxl."""

from nianbao.workbook.annotate import annotate
from nianbao.workbook.build import build
from nianbao.workbook.layout import layout
from nianbao.workbook.read import read

__all__ = ["annotate", "build", "layout", "read"]
