"""What stands in a cell, read by Excel as numbers.py and display.py read it: expressions for formulas. Pure text.

Only functions that Excel 2010, WPS and LibreOffice share.
"""

from __future__ import annotations

UNREAD = "?"
"""What column TAKEN shows for what is no number."""

_BEGIN, _END = "\ue000", "\ue001"
_DIGITS = '{"0","1","2","3","4","5","6","7","8","9"}'
_LIMIT = "1E15"
_SEEN = "1E11"
_SEEN_DIGITS = 10
"""The format “常规” shows no exponent below _SEEN, and no more digits than this, whole ones and decimals together."""


def clean(cell: str, unit: str = "") -> str:
    """Return the expression of a cell's text in half width, without blanks around it and without the column's unit."""
    text = cell
    for found, put in (('"−"', "-"), ("CHAR(10)", " "), ('"\u00a0"', " "), ('"\u3000"', " ")):
        text = f'SUBSTITUTE({text},{found},"{put}")'
    text = f"TRIM(ASC({text}))"
    if not unit:
        return text
    marked = f'"{_BEGIN}"&{text}&"{_END}"'
    # a unit alone stays, so that it is no blank
    marked = f'SUBSTITUTE({marked},"{_BEGIN}{unit}{_END}","{_BEGIN}?{_END}")'
    marked = f'SUBSTITUTE({marked},"{unit}{_END}","{_END}")'
    return f'TRIM(SUBSTITUTE(SUBSTITUTE({marked},"{_BEGIN}",""),"{_END}",""))'


def seen(cell: str) -> str:
    """Return the condition that a number is displayed as it is held, as display.py has it for the format “常规”."""
    return f"IF(ABS({cell})<{_SEEN},ROUND({cell},MAX(0,{_SEEN_DIGITS}-LEN(INT(ABS({cell})))))={cell},FALSE)"


def digits(text: str) -> str:
    """Return the expression of how many digits a text has."""
    return f'SUMPRODUCT(LEN({text})-LEN(SUBSTITUTE({text},{_DIGITS},"")))'


def spelled(text: str) -> str:
    """Return the expression of the number a clean text spells, UNREAD where it spells none for certain."""
    sign = f'(LEFT({text})="-")+(LEFT({text})="+")'
    first = f"MID({text},1+{sign},1)"
    bare = f'SUBSTITUTE({text},",","")'
    whole = f'MID({text},1+{sign},FIND(".",{text}&".")-1-({sign}))'
    grouped = (
        f'OR(ISERROR(FIND(",",{text})),'
        f'AND({whole}=TEXT(VALUE(SUBSTITUTE({whole},",","")),"#,##0"),'
        f'ISERROR(FIND(",",{text},FIND(".",{text}&".")))))'
    )
    plain = (
        f'AND({first}<>"",ISNUMBER(FIND({first},"0123456789")),RIGHT({text})<>".",LEN({text})<=23,'
        f'LEN(SUBSTITUTE({bare},".","",1))={digits(text)}+{sign},{grouped})'
    )
    number = f'IF(LEFT({text})="-",-1,1)*VALUE(MID({bare},1+{sign},30))'
    return f'IFERROR(IF({plain},IF(ABS({number})<{_LIMIT},{number},"{UNREAD}"),"{UNREAD}"),"{UNREAD}")'
