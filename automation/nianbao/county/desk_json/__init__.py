"""The desk as JSON (desk.json, contract in docs/developers/contracts.md): written body by body, and read back."""

from nianbao.county.desk_json.reading import body_state, findings_of, loads, member_of, read, report_of
from nianbao.county.desk_json.writing import FORMAT, body_json, dumps, member_json, pieces, source_json

__all__ = [
    "FORMAT",
    "body_json",
    "body_state",
    "dumps",
    "findings_of",
    "loads",
    "member_json",
    "member_of",
    "pieces",
    "read",
    "report_of",
    "source_json",
]
