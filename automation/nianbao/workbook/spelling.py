"""What stands in a cell, read by Excel as numbers.py and display.py read it: expressions for formulas. Pure text.

Only functions that Excel 2010, WPS and LibreOffice share.
"""

from __future__ import annotations

UNREAD = "?"
"""What column TAKEN shows for what is no number."""

_DIGITS = '{"0","1","2","3","4","5","6","7","8","9"}'
_GROUPS = "000,000,000,000,000"
_LIMIT = "1E15"
_SEEN = "1E11"
_SEEN_DIGITS = 10
"""The format “常规” shows no exponent below _SEEN, and no more digits than this, whole ones and decimals together."""
_LONGEST = 23
"""Characters of a figure written as text; see numbers.py."""


def clean(cell: str) -> str:
    """Return the expression of a cell's text in half width, without blanks around it."""
    text = cell
    for found, put in (('"−"', "-"), ("CHAR(10)", " "), ('"\u00a0"', " "), ('"\u3000"', " ")):
        text = f'SUBSTITUTE({text},{found},"{put}")'
    return f"TRIM(ASC({text}))"


def bare(text: str, unit: str) -> str:
    """Return the expression of a clean text without the column's unit; a unit alone stays, so that it is no blank."""
    if not unit:
        return text
    n = len(unit)
    return f'IF(AND(LEN({text})>{n},RIGHT({text},{n})="{unit}"),TRIM(LEFT({text},LEN({text})-{n})),{text})'


def unsigned(text: str) -> str:
    """Return the expression of a bare text without its sign."""
    return f'MID({text},1+OR(LEFT({text})="+",LEFT({text})="-"),99)'


def seen(cell: str) -> str:
    """Return the condition that a number is displayed as it is held, as display.py has it for the format “常规”."""
    return f"IF(ABS({cell})<{_SEEN},ROUND({cell},MAX(0,{_SEEN_DIGITS}-LEN(INT(ABS({cell})))))={cell},FALSE)"


def digits(text: str) -> str:
    """Return the expression of how many digits a text has."""
    return f'SUMPRODUCT(LEN({text})-LEN(SUBSTITUTE({text},{_DIGITS},"")))'


def spelled(signed: str, text: str, otherwise: str = UNREAD) -> str:
    """Return the expression of the number a bare text spells for certain; `text` is the cell with it unsigned."""
    number = f'SUBSTITUTE({text},",","")'
    whole = f'LEFT({text},FIND(".",{text}&".")-1)'
    grouped = (
        f'OR(ISERROR(FIND(",",{text})),AND(ISERROR(FIND(",",{text},FIND(".",{text}&"."))),'
        f'{whole}=TEXT(VALUE(SUBSTITUTE({whole},",","")),RIGHT("{_GROUPS}",LEN({whole})))))'
    )
    plain = (
        f'AND(ISNUMBER(FIND(LEFT({text}),"0123456789")),RIGHT({text})<>".",LEN({signed})<={_LONGEST},'
        f'LEN(SUBSTITUTE({number},".","",1))={digits(text)},VALUE({number})<{_LIMIT},{grouped})'
    )
    return f'IFERROR(IF({plain},IF(LEFT({signed})="-",-1,1)*VALUE({number}),"{otherwise}"),"{otherwise}")'
