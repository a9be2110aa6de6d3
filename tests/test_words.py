"""What users read is free of mechanical faults: every Chinese literal of the program, its rules, templates and buttons.

Sentences are composed, so an f-string is judged with each of its parts as one word. Left out are patterns (regular
expressions hold half brackets), words given as data to look for, and the examples of how not to write.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from nianbao.unicodes import quotation

PROGRAM = Path(__file__).parents[1] / "automation" / "nianbao"
HAN = re.compile("[\u4e00-\u9fff]")
PATTERN = re.compile(  # a text of regular expressions: groups, classes, repetitions
    r"\(\?[:<P=!]|\[[^\]]*\\|\[\^|\]\{|\\[dswbZ]|\.[*+]|\|.*\||\[[^\[\]]*[，。、][^\[\]]*\]|[\u4e00-\u9fff]\?|\|@"
)
NOT_SAID: dict[str, tuple[str, ...] | None] = {
    "checks/text/frames.toml": None,  # words looked for, @ is a year in them
    "register/words.toml": None,
    "document/styles.py": ("小标宋,", "仿宋,", "楷体,"),  # fonts and what stands in for them
    "form/editions/rules-body.toml": ("yongping@”",),  # examples of how not to write
    "form/editions/rules-general-wording.toml": ("94篇,其中", "通过示例发布”", "“1）”"),
    "form/shape.py": ("{ 名称 = 内容, … }",),  # how TOML is written
}
"""Files or passages that nobody says to a user, or that show a fault to explain it."""
PAIRS = ("“”", "‘’", "（）", "《》")
FAULTS = {
    "a mark of the middle twice": re.compile("。。|，，|；；|：：|、、|，。|。，"),
    "a half-width mark between Chinese": re.compile("[\u4e00-\u9fff”][,;:()!?][\u4e00-\u9fff“]|[\u4e00-\u9fff],"),
    "请给": re.compile("请给"),
    "a developer's command": re.compile("pip install|nianbao\\["),
    "a sign of the program's own": re.compile("(?<![A-Za-z0-9])@|@(?![A-Za-z0-9])|(?<![A-Za-z])None(?![A-Za-z])"),
}


def faults(said: str) -> list[str]:
    """Return what is wrong with a text as such."""
    found = [name for name, fault in FAULTS.items() if fault.search(said)]
    found += [f"unpaired {pair}" for pair in PAIRS if said.count(pair[0]) != said.count(pair[1])]
    depth = 0
    for mark in re.findall("[“”]", said):
        depth += 1 if mark == "“" else -1
        if depth > 1:
            found.append("“ within “")
            break
    return found


def of_code(path: Path) -> Iterator[tuple[int, str]]:
    """Yield every Chinese string of a module but docstrings, with the parts put into it as X."""
    tree = ast.parse(path.read_text("utf-8"))
    within: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            within.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            within |= {id(part) for part in node.values}
            within |= {id(part) for v in node.values if isinstance(v, ast.FormattedValue) for part in _specs(v)}
    for node in ast.walk(tree):
        if id(node) in within:
            continue
        if isinstance(node, ast.JoinedStr):
            said = "".join(str(v.value) if isinstance(v, ast.Constant) else "X" for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            said = node.value
        else:
            continue
        if HAN.search(said) and len(said) > 1 and not PATTERN.search(said):
            yield node.lineno, said


def _specs(value: ast.FormattedValue) -> list[ast.expr]:
    return [value.format_spec] if value.format_spec else []


def of_toml(path: Path) -> Iterator[tuple[str, str]]:
    def walk(at: str, item: object) -> Iterator[tuple[str, str]]:
        if isinstance(item, dict):
            for key, value in item.items():
                yield from walk(key, value)
        elif isinstance(item, list):
            for value in item:
                yield from walk(at, value)
        elif isinstance(item, str):
            yield at, item

    return walk("", tomllib.loads(path.read_text("utf-8")))


def of_lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        words = re.sub(r"\{[{%].*?[%}]\}|<[^>]*>", " X ", line)
        if HAN.search(words):
            yield number, words


def said(path: Path) -> Iterator[tuple[int | str, str]]:
    return {".py": of_code, ".toml": of_toml}.get(path.suffix, of_lines)(path)  # type: ignore[operator]


def files() -> list[Path]:
    kinds = {".py", ".toml", ".html", ".bas", ".xml"}
    return sorted(p for p in PROGRAM.rglob("*") if p.suffix in kinds and "__pycache__" not in p.parts)


def test_no_text_of_the_program_has_a_mechanical_fault() -> None:
    wrong, count = [], 0
    for path in files():
        name = path.relative_to(PROGRAM).as_posix()
        left_out = NOT_SAID.get(name, ())
        if left_out is None:
            continue
        for where, text in said(path):
            count += 1
            if not any(word in text for word in left_out):
                wrong += [f"{name}:{where}: {fault}: {text[:80]}" for fault in faults(text)]
    assert count > 3000
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("“表三!D9（自然人”没有填", "unpaired （）"),
        ("应是“3.危及“三安全一稳定””", "“ within “"),
        ("没有读取。。请再试", "a mark of the middle twice"),
        ("收到5件，，办结3件", "a mark of the middle twice"),
        ("还缺少:文件", "a half-width mark between Chinese"),
        ("没有打开(或已删除)", "a half-width mark between Chinese"),
        ("请给出名册", "请给"),
        ("截至@底", "a sign of the program's own"),
        ("单位是None", "a sign of the program's own"),
    ],
)
def test_each_fault_is_seen(text: str, fault: str) -> None:
    assert fault in faults(text)


def test_an_address_and_a_nested_quotation_are_no_faults() -> None:
    assert faults(f"改填对外公开的办公邮箱，例如 yongping@163.com；标题是{quotation('3.危及“三安全一稳定”')}") == []
