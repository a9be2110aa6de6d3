"""Published reports (.docx, .html, .pdf, .txt) → the same Reading as a workbook gives. No network, nothing guessed.

The doors: lxml in docx.py and html.py, pypdfium2 in pdf.py and pdf_fonts.py.
"""

from nianbao.published.model import Block, Grid, GridCell, Paragraph
from nianbao.published.read import SUFFIXES, page_blocks, read

__all__ = ["SUFFIXES", "Block", "Grid", "GridCell", "Paragraph", "page_blocks", "read"]
