"""LibreOffice: where it is, how it is started without window, macros, links and network, on a profile of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from nianbao import programs
from nianbao.publish.office import Program

NAME = "LibreOffice"

_SETTINGS = {
    "Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "Office.Writer/Content/Update": {"Link": "0"},
    "Office.Java/VirtualMachine": {"Enable": "false"},
    # Tagged: read aloud in order, and what PDF/A-1a asks for.
    "Office.Common/Filter/PDF/Export": {"ExportBookmarks": "true", "UseTaggedPDF": "true"},
}
"""LibreOffice's own names (schema org.openoffice): never runs macros or Java, never updates or fetches links."""

_FONTS = "Office.Common/Font/Substitution"
_PDF = "Office.Common/Filter/PDF/Export"
_PDF_A_1 = "1"
"""GB/T 23286.1 is ISO 19005-1 word for word, so of the PDF/A parts archives here know this one."""


def find(stand_ins: Mapping[str, str], pdf_a: bool = False) -> Program | None:
    """Return LibreOffice as it is on this machine, or None; `stand_ins` are fonts to use for those that are missing."""
    found = programs.find("soffice", "libreoffice")
    found = found or next((str(p) for p in _usual() if p.is_file()), None)
    return Program(NAME, partial(_command, found, _profile(stand_ins, pdf_a))) if found else None


def _usual() -> list[Path]:
    """List where the installers put it without telling the search path."""
    if sys.platform == "win32":
        roots = [os.environ.get(v) for v in ("ProgramFiles", "ProgramFiles(x86)")]
        # .com waits for the end of the work, .exe does not
        return [Path(r) / "LibreOffice" / "program" / "soffice.com" for r in roots if r]
    return [Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")]


def _command(program: str, settings: str, folder: Path, documents: Sequence[Path], target: Path) -> list[str]:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
    quiet = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"]
    job = ["--convert-to", "pdf:writer_pdf_Export", "--outdir", str(target)]
    return [program, f"-env:UserInstallation={profile.as_uri()}", *quiet, *job, *map(str, documents)]


def _profile(stand_ins: Mapping[str, str], pdf_a: bool) -> str:
    """Return LibreOffice's settings of one run as it keeps them in its profile."""
    settings = {**_SETTINGS, _PDF: {**_SETTINGS[_PDF], "SelectPdfVersion": _PDF_A_1 if pdf_a else "0"}}
    if stand_ins:
        settings[_FONTS] = {"Replacement": "true"}
    items = [_item(path, "".join(_property(*p) for p in values.items())) for path, values in settings.items()]
    for i, (font, other) in enumerate(stand_ins.items()):
        pair = {"ReplaceFont": font, "SubstituteFont": other, "OnScreenOnly": "false", "Always": "true"}
        node = "".join(_property(*p) for p in pair.items())
        items.append(_item(f"{_FONTS}/FontPairs", f'<node oor:name="_{i}" oor:op="replace">{node}</node>'))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        + "".join(items)
        + "</oor:items>\n"
    )


def _item(path: str, content: str) -> str:
    return f'<item oor:path="/org.openoffice.{path}">{content}</item>'


def _property(name: str, value: str) -> str:
    return f'<prop oor:name="{name}" oor:op="fuse"><value>{escape(value)}</value></prop>'
