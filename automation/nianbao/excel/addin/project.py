"""MS-OVBA 2.3: a VBA project from source text alone; every host compiles it when it is loaded."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from nianbao.excel.addin.compression import compress, obfuscate
from nianbao.excel.addin.container import compound_file

PROJECT_ID = "{6E69616E-6261-4F00-8000-000000000001}"
CODE_PAGE, LANGUAGE = 1252, 0x409
"""All text of the project is ASCII, so one code page does everywhere."""

_SEED = 0x5D
_WIN64 = 3
_LIBRARIES = (
    ("stdole", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"),
    (
        "Office",
        r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#C:\Program Files\Common Files\Microsoft Shared\OFFICE16"
        r"\MSO.DLL#Microsoft Office 16.0 Object Library",
    ),
)
"""What Excel itself refers to in every new project."""


@dataclass(frozen=True)
class Module:
    """One module in stream form (beginning with Attribute VB_Name); a document module stands for workbook or sheet."""

    name: str
    source: str
    document: bool = False

    @property
    def stream(self) -> bytes:
        """The text as stored, with CRLF. Raises UnicodeEncodeError for anything but ASCII."""
        return self.source.replace("\r\n", "\n").replace("\n", "\r\n").encode("ascii")


def vba_project(name: str, modules: tuple[Module, ...]) -> bytes:
    """Return vbaProject.bin; same modules, same bytes."""
    streams = {m.name: compress(m.stream) for m in modules}
    streams["dir"] = compress(_directory(name, modules))
    streams["_VBA_PROJECT"] = bytes.fromhex("CC61FFFF000000")  # what 2.3.4.1 asks of writers without a cache
    # Excel refuses a compressed PROJECTwm
    return compound_file({"VBA": streams, "PROJECT": _project(name, modules), "PROJECTwm": _names(modules)})


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", kind, len(data)) + data


def _directory(name: str, modules: tuple[Module, ...]) -> bytes:
    """Return the dir stream (2.3.4.2)."""
    language = struct.pack("<I", LANGUAGE)
    out = _record(0x01, struct.pack("<I", _WIN64)) + _record(0x02, language) + _record(0x14, language)
    out += _record(0x03, struct.pack("<H", CODE_PAGE)) + _record(0x04, name.encode("ascii"))
    out += _record(0x05) + _record(0x40) + _record(0x06) + _record(0x3D) + _record(0x07, bytes(4))
    out += _record(0x08, bytes(4)) + struct.pack("<HIIH", 0x09, 4, 1, 0) + _record(0x0C) + _record(0x3C)
    for library, where in _LIBRARIES:
        located = where.encode("ascii")
        out += _record(0x16, library.encode("ascii")) + _record(0x3E, library.encode("utf-16-le"))
        out += _record(0x0D, struct.pack("<I", len(located)) + located + bytes(6))
    out += _record(0x0F, struct.pack("<H", len(modules))) + _record(0x13, b"\xff\xff")
    return out + b"".join(map(_module, modules)) + _record(0x10)


def _module(module: Module) -> bytes:
    short, wide = module.name.encode("ascii"), module.name.encode("utf-16-le")
    out = _record(0x19, short) + _record(0x47, wide) + _record(0x1A, short) + _record(0x32, wide)
    out += _record(0x1C) + _record(0x48) + _record(0x31, bytes(4)) + _record(0x1E, bytes(4))
    return out + _record(0x2C, b"\xff\xff") + _record(0x22 if module.document else 0x21) + _record(0x2B)


def _project(name: str, modules: tuple[Module, ...]) -> bytes:
    """Return the PROJECT stream (2.3.1): no password, visible."""
    lines = [f'ID="{PROJECT_ID}"']
    lines += [f"Document={m.name}/&H00000000" if m.document else f"Module={m.name}" for m in modules]
    lines += [f'Name="{name}"', 'HelpContextID="0"', 'VersionCompatible32="393222000"']
    for key, state in (("CMG", bytes(4)), ("DPB", bytes(1)), ("GC", b"\xff")):
        lines.append(f'{key}="{obfuscate(state, PROJECT_ID, _SEED)}"')
    lines += ["", "[Host Extender Info]", "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"]
    lines += ["", "[Workspace]", *(f"{m.name}=0, 0, 0, 0, C" for m in modules), ""]
    return "\r\n".join(lines).encode("ascii")


def _names(modules: tuple[Module, ...]) -> bytes:
    """Return the PROJECTwm stream (2.3.3)."""
    pairs = (m.name.encode("ascii") + b"\0" + m.name.encode("utf-16-le") + b"\0\0" for m in modules)
    return b"".join(pairs) + b"\0\0"
