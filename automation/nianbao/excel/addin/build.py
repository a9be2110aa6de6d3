"""Building the add-in (.xlam) from its text, to the byte the same each time: package, hidden sheet, ribbon, VBA."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from xml.sax.saxutils import escape

from nianbao import __version__
from nianbao.excel.addin.project import Module, vba_project
from nianbao.ooxml import archive

FILE_NAME = "nianbao.xlam"
PROJECT = "Nianbao"
MARKS = archive.Marks(rights=archive.OWNER)
MODULES = ("NianbaoRibbon", "NianbaoTexts", "NianbaoExcel")
SHEET = "texts"
DEFAULT_INTERPRETER = r"%LOCALAPPDATA%\nianbao\python\pythonw.exe"
"""Where the offline installation puts Python."""

SERVICE = r"%LOCALAPPDATA%\nianbao\serve\serve.json"
"""Where a running service says where it is (serve/instance.py)."""

TEXTS = {
    "title": "信息公开年报",
    "starting": "正在启动年报程序……",
    "gone": "年报程序中途退出了，没有做完。请再点一次。",
    "failed": "年报程序没有运行起来，什么也没有改动。请运行“检查安装”看原因。退出码：",
    "no_workbook": "请先打开填报表，再点这个按钮。",
    "no_program": "找不到年报程序，可能没有装好或被杀毒软件删除。请重新安装。应在的位置：",
    "blocked": (
        "这台电脑不允许 Excel 启动别的程序（可能是杀毒软件或安全策略）。"
        "请把填报表拖到“校验并生成年报”上，结果一样。系统提示："
    ),
    "choose_file": "选择上年的填报表、年报数据或已公布的年报",
    "choose_folder": "选择放着各单位填报表的文件夹",
}
RIBBONS = {
    "customUI/customUI.xml": "http://schemas.microsoft.com/office/2006/01/customui",
    "customUI/customUI14.xml": "http://schemas.microsoft.com/office/2009/07/customui",
}
"""The ribbon's part for Excel 2007 and for 2010 and later; Excel reads the one it knows best."""

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_MICROSOFT = "http://schemas.microsoft.com/office"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BASES = {"ThisWorkbook": "00020819-0000-0000-C000-000000000046", "Sheet1": "00020820-0000-0000-C000-000000000046"}


def source(name: str) -> str:
    """Return one of the add-in's text files."""
    return (resources.files("nianbao.excel.addin") / "source" / name).read_text(encoding="utf-8")


def build(interpreter: str = DEFAULT_INTERPRETER, replaced: Mapping[str, str] | None = None) -> bytes:
    """Return the add-in; `interpreter` is the pythonw.exe it starts, `replaced` are modules for tests by name."""
    parts = _workbook({**TEXTS, "interpreter": interpreter, "service": SERVICE, "version": __version__})
    parts |= {part: source("ribbon.xml").format(namespace=ns).encode() for part, ns in RIBBONS.items()}
    parts["xl/vbaProject.bin"] = vba_project(PROJECT, modules(replaced or {}))
    return _zipped(parts)


def modules(replaced: Mapping[str, str]) -> tuple[Module, ...]:
    """Return the project's modules, document modules first."""
    documents = tuple(Module(name, _document(name, base), document=True) for name, base in _BASES.items())
    return documents + tuple(Module(n, replaced.get(n) or source(f"{n}.bas")) for n in MODULES)


def _document(name: str, base: str) -> str:
    flags = {"GlobalNameSpace": False, "Creatable": False, "PredeclaredId": True, "Exposed": True}
    flags |= {"TemplateDerived": False, "Customizable": True}
    lines = [f'Attribute VB_Name = "{name}"', f'Attribute VB_Base = "0{{{base}}}"']
    return "\n".join([*lines, *(f"Attribute VB_{flag} = {value}" for flag, value in flags.items()), ""])


def _workbook(texts: Mapping[str, str]) -> dict[str, bytes]:
    """Return the parts of a workbook with one sheet: keys in column A, texts in column B."""
    types = {
        "/xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
        "/xl/worksheets/sheet1.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
        "/xl/styles.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
        "/xl/vbaProject.bin": "application/vnd.ms-office.vbaProject",
    }
    overrides = "".join(f'<Override PartName="{p}" ContentType="{t}"/>' for p, t in types.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    rows = "".join(_row(i, k, t) for i, (k, t) in enumerate(texts.items(), 1))
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_TYPES}">{defaults}{overrides}</Types>'.encode(),
        "_rels/.rels": _relations(
            (f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
            (f"{_MICROSOFT}/2006/relationships/ui/extensibility", "customUI/customUI.xml"),
            (f"{_MICROSOFT}/2007/relationships/ui/extensibility", "customUI/customUI14.xml"),
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            (f"{_OFFICE}/worksheet", "worksheets/sheet1.xml"),
            (f"{_OFFICE}/styles", "styles.xml"),
            (f"{_MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin"),
        ),
        "xl/workbook.xml": (
            f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr codeName="ThisWorkbook"/>'
            f'<sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ).encode(),
        "xl/worksheets/sheet1.xml": (
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr codeName="Sheet1"/><sheetData>{rows}</sheetData></worksheet>'
        ).encode(),
        "xl/styles.xml": source("styles.xml").encode(),
    }


def _row(number: int, key: str, text: str) -> str:
    cells = ((f"A{number}", key), (f"B{number}", text))
    inline = "".join(f'<c r="{r}" t="inlineStr"><is><t>{escape(t)}</t></is></c>' for r, t in cells)
    return f'<row r="{number}">{inline}</row>'


def _relations(*targets: tuple[str, str]) -> bytes:
    items = (f'<Relationship Id="rId{i}" Type="{t}" Target="{to}"/>' for i, (t, to) in enumerate(targets, 1))
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{"".join(items)}</Relationships>'.encode()


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    """Pack the parts without compression, whose bytes would depend on the zlib at hand; fixed dates and order."""
    first = ("[Content_Types].xml", "_rels/.rels")
    ordered = sorted(parts, key=lambda n: (n not in first, n))
    return archive.written((archive.stored(n, parts[n]) for n in ordered), MARKS)
