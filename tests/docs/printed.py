"""The commands printed in the documentation, and a folder with every file they name."""

import contextlib
import datetime
import io
import re
import shlex
from dataclasses import dataclass, replace
from pathlib import Path

import reports
from nianbao import pipeline, workbook
from nianbao.cli import main
from nianbao.county.demo import invent, write
from nianbao.form import load_edition
from nianbao.report import dumps
from register import registers

ROOT = Path(__file__).parents[2]
PROGRAMS = (
    "nianbao",
    "python3",
    "python",
    "py",
    "pip",
    "apt",
    "apt-get",
    "certutil",
    "git",
    "uv",
    "sha256sum",
    "export",
)
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_CONTINUED = re.compile(r"\\\n\s*")
_INDENTED = re.compile(r"^    (\S.*)$", re.MULTILINE)
BODY = "永平镇人民政府"
REPORT = "政府信息公开工作年度报告"


@dataclass(frozen=True)
class Command:
    """One printed command; `inline` when it stands in a sentence, where it may only name a verb."""

    page: str
    text: str
    inline: bool

    @property
    def arguments(self) -> list[str] | None:
        """What is passed to nianbao; None when another program is meant."""
        words = shlex.split(self.text)
        if words[0] == "nianbao":
            return words[1:]
        return words[2:] if words[1:2] == ["automation/start.py"] else None


def pages() -> list[Path]:
    """Every page a reader may meet, generated ones too."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "templates").glob("*.md")]
    return sorted(p for p in found if "node_modules" not in p.parts)


def commands() -> list[Command]:
    """All printed commands in the order of the pages, each once for a page."""
    found: dict[Command, None] = {}
    for path in pages():
        name, text = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        for kind, block in _BLOCK.findall(text):
            if kind in ("sh", "shell", "bash", "console"):
                found |= {Command(name, line.strip(), False): None for line in block.splitlines() if line.strip()}
        prose = _CONTINUED.sub("", _BLOCK.sub("", text))
        for pattern in (_INLINE, _INDENTED):
            for line in pattern.findall(prose):
                if line.split()[0].removesuffix(".exe") in PROGRAMS and len(line.split()) > 1:
                    found[Command(name, line, True)] = None
    return list(found)


def blocks(page: str) -> list[tuple[str, str]]:
    """The fenced blocks of a page: its kind (sh, toml, text) and what stands in it, in order."""
    return _BLOCK.findall(page)


def shown_behind(listed: list[tuple[str, str]], at: int) -> str:
    """What a page prints right behind a block of commands, '' when nothing."""
    following = listed[at + 1 : at + 2]
    return following[0][1] if following and following[0][0] == "text" else ""


def run_lines(lines: str, expected: int = 0) -> str:
    """Run the commands of a block; each must end with this status. What they printed."""
    output = io.StringIO()
    for line in lines.splitlines():
        program, *arguments = shlex.split(line)
        assert program == "nianbao"
        with contextlib.redirect_stdout(output):
            code = main(arguments)
        assert code == expected, f"{line}\n{output.getvalue()}"
    return output.getvalue()


def stage(folder: Path) -> Path:
    """Make a folder in which every file that the pages name is there, filled in and right."""
    edition = load_edition("2021")
    now = reports.zero("2021", 2025)
    counts = {f"requests.{r}.{c}": 2 for r in ("received", "full_grant", "total") for c in ("natural_person", "total")}
    body = {**now.body, "name": BODY, "office": "永平镇党政办公室"}
    now = replace(now, body=body, values={**now.values, **counts})
    before = replace(reports.zero("2021", 2024), body=body)
    for name in ("永平镇2025.xlsx", "填报表.xlsx", "FILE.xlsx"):
        (folder / name).write_bytes(workbook.build(edition, now))
    (folder / "永平镇2024.xlsx").write_bytes(workbook.build(edition, before))
    (folder / "永平镇2025.json").write_text(dumps(now), encoding="utf-8")
    for source, to, name in (
        ("永平镇2025.xlsx", "报告", f"{BODY}2025年{REPORT}.docx"),
        ("永平镇2024.xlsx", "上年的文件夹", "永平镇2024年报.docx"),
    ):
        made = pipeline.make(pipeline.check_file(folder / source), folder / to, ("docx",)).files[0]
        made.rename(folder / to / name)
    (folder / "永平镇2024年报.docx").write_bytes((folder / "上年的文件夹" / "永平镇2024年报.docx").read_bytes())
    (folder / "报告.docx").write_bytes((folder / "报告" / f"{BODY}2025年{REPORT}.docx").read_bytes())
    days = [datetime.date(2025, 2, d) for d in (3, 20)]
    register = registers.table([(days[0], "自然人", days[1], "（一）予以公开")] * 2)
    registers.write_xlsx(folder / "台账2025.xlsx", register)
    registers.write_xlsx(folder / "台账.xlsx", register)
    write(invent(1, faults=False), folder)
    (folder / "site.toml").write_bytes((ROOT / "docs" / "site.toml").read_bytes())
    received = [str(folder / "收到的填报表"), "--roster", str(folder / "名册.xlsx"), "--workers", "1", "-o"]
    for arguments in (
        ["template", "new", "-o", str(folder / "我们的模板.docx")],
        ["template", "new", "--edition", "2021", "-o", str(folder / "我们的网页.html")],
        ["batch", *received, str(folder / "结果2024")],
        ["rollup", *received, str(folder / "全县.xlsx")],
    ):
        assert main(arguments) == 0
    (folder / "全县明细.xlsx").unlink()
    county = workbook.read(folder / "全县.xlsx").report  # the page says that its texts are written next
    (folder / "全县.xlsx").write_bytes(workbook.build(edition, replace(county, texts=now.texts)))
    return folder
