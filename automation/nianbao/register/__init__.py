"""The register of applications (申请台账): read as offices keep it, counted into 表三, compared with what was typed.

The register never leaves the office: what is kept of a row is its number, days, categories and amounts, never a text
that somebody typed, and so nothing made from it can hold a name.
"""
