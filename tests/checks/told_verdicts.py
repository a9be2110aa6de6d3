"""What the four paths tell of a checked report, read from what they print and write: CLI, JSON, 校验结果, 校核单."""

import contextlib
import io
import json
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from unittest import mock
from xml.etree import ElementTree

from books import part_of
from nianbao import document, pipeline
from nianbao.cli import main
from nianbao.pipeline import Checked

HELD, BROKEN, UNJUDGED = STATES = ("held", "broken", "unjudged")
PATHS = ("CLI", "JSON", "校验结果", "校核单")
Verdicts = dict[str, tuple[str, str]]
"""Of each rule the state and, where it was not judged, why."""

_XML = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_WHOLE = re.compile(r"核对了 (\d+) 条：(\d+) 条相符，(\d+) 条有问题(?:，(\d+) 条没有核对（(.*?)）)?。")


@dataclass(frozen=True)
class Told:
    """What one path tells: rules listed as broken, rules not judged with why, and how many of each."""

    broken: frozenset[str]
    unjudged: dict[str, str]
    counts: tuple[int, int, int]

    def agrees(self, rule: str, state: str, why: str) -> bool:
        """Tell whether the path shows this verdict on the rule: one that is held is neither listed nor set aside."""
        shown = BROKEN if rule in self.broken else UNJUDGED if rule in self.unjudged else HELD
        return shown == state and (state != UNJUDGED or self.unjudged[rule] == why)


@dataclass(frozen=True)
class Sheet:
    """What the 校核单 tells: of each family (its letter, '' for the sum) the rules passed and not checked, and why."""

    families: dict[str, tuple[int, int, int]]
    why: str

    def agrees(self, verdicts: Verdicts, rule: str, why: str) -> bool:
        """Tell whether the rule's family, the sum and the reason are those of the verdicts."""
        own = [s for r, (s, _) in verdicts.items() if family(r) == family(rule)]
        every = [s for s, _ in verdicts.values()]
        return (
            self.families[family(rule)] == counted(own)
            and self.families[""] == counted(every)
            and (not why or why in self.why)
        )


def family(rule: str) -> str:
    return rule.rstrip("0123456789")


def counted(states: list[str]) -> tuple[int, int, int]:
    """Held, broken, unjudged."""
    found = Counter(states)
    return found[HELD], found[BROKEN], found[UNJUDGED]


@dataclass(frozen=True)
class Shown:
    """One checked report as the four paths tell it; without a workbook there is no 校验结果."""

    verdicts: Verdicts
    cli: Told
    results: Told | None
    sheet: Sheet

    def paths(self, rule: str) -> list[str]:
        """Return the paths that tell the verdict which the JSON gives on the rule, each by its own words."""
        state, why = self.verdicts[rule]
        every, listed = counted([s for s, _ in self.verdicts.values()]), self.results
        agree = {
            "JSON": True,
            "CLI": self.cli.agrees(rule, state, why) and self.cli.counts == every,
            "校验结果": listed is not None and listed.agrees(rule, state, why) and listed.counts == every,
            "校核单": self.sheet.agrees(self.verdicts, rule, why),
        }
        return [p for p in PATHS if agree[p]]


def shown(checked: Checked, folder: Path) -> Shown:
    """Run the paths on a checked report; only its reading is not done again."""
    book = checked.path.suffix == ".xlsx"
    copy = folder / "标注.xlsx"
    copy.unlink(missing_ok=True)
    with mock.patch.object(pipeline, "check_file", return_value=checked):
        text = _printed(["check", str(checked.path), *(("--annotate", str(copy)) if book else ())])
        data = json.loads(_printed(["check", str(checked.path), "--format", "json"]))
    made = document.check_sheet(checked.reading, checked.findings, checked.verdicts, "年报.docx")
    return Shown(
        {v["rule"]: (v["verdict"], v["why"]) for v in data["verdicts"]},
        _of_text(text),
        _of_results(copy) if book else None,
        _of_sheet(made),
    )


def _printed(arguments: list[str]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        main(arguments)
    return out.getvalue()


def _of_text(text: str) -> Told:
    aside = re.findall(r"^  (\S+)，没有核对：(.*)。$", text, re.MULTILINE)
    unjudged = {rule: why for why, rules in aside for rule in rules.split("、")}
    return Told(frozenset(re.findall(r"^       依据：规则 (\w+)：", text, re.MULTILINE)), unjudged, _whole(text))


def _whole(text: str) -> tuple[int, int, int]:
    (found,) = _WHOLE.findall(text)
    every, held, broken, unjudged = (int(n or 0) for n in found[:4])
    assert every == held + broken + unjudged
    return held, broken, unjudged


def _of_results(copy: Path) -> Told:
    """Read the table of findings of the copy from its XML; openpyxl takes ten times as long, for the looks."""
    with zipfile.ZipFile(copy) as package:
        parts = {n: package.read(n) for n in package.namelist()}
    shared = parts.get("xl/sharedStrings.xml")
    strings = ["".join(x.itertext()) for x in ElementTree.fromstring(shared)] if shared else []
    rows = []
    for row in ElementTree.fromstring(parts[part_of(parts, "校验结果")]).iter(f"{_XML}row"):
        texts = dict.fromkeys("ABCDEFGH", "")
        for cell in row:
            text = "".join(cell.itertext())
            texts[cell.get("r", "")[:1]] = strings[int(text)] if text and cell.get("t") == "s" else text
        rows.append(list(texts.values()))
    kinds = {kind: [r for r in rows if r[1] == kind] for kind in ("强制", "核实", "提示", "未核对", "合计")}
    (whole,) = kinds["合计"]
    unjudged = {}
    for row in kinds["未核对"]:
        why, _, rules = row[4].removesuffix("。").partition("，没有核对：")
        unjudged |= dict.fromkeys(re.findall(r"(?:^|、)([A-Z]\d+) ", rules), why)
    broken = frozenset(r[2] for kind in ("强制", "核实", "提示") for r in kinds[kind])
    return Told(broken, unjudged, _whole(whole[4]))


def _of_sheet(made: bytes) -> Sheet:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        xml = package.read("word/document.xml").decode()
    families = {}
    for row in re.findall(r"<w:tr>.*?</w:tr>", xml, re.DOTALL):
        cells = [re.sub(r"<[^>]+>", "", c) for c in re.findall(r"<w:tc>.*?</w:tc>", row, re.DOTALL)]
        if len(cells) == 9 and cells[1].isdecimal():
            checked, passed, unchecked = (int(c) for c in cells[1:4])
            letter = re.search(r"（(\w+)）$", cells[0])
            families[letter[1] if letter else ""] = (passed, checked - passed, unchecked)
    text = re.sub(r"<[^>]+>", "", xml)
    return Sheet(families, text.partition("未核对的规则：")[2].partition("未核对不等于通过")[0])
