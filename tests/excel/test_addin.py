"""The add-in: the same bytes each time, sound for foreign readers, every callback there and doing what it says."""

import hashlib
import json
import random
import re
import zipfile
from pathlib import Path

import olefile
import pytest
from lxml import etree
from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.exceptions import VBARuntimeError, VBAUnsupportedError

import office
from excel import calc, foreign
from nianbao import __version__
from nianbao.cli import main
from nianbao.excel.addin import build as addin
from nianbao.excel.addin.compression import compress
from nianbao.excel.addin.container import compound_file
from nianbao.ribbon.buttons import ASKS_FOR, BUTTONS

STUB = {"NianbaoExcel": (Path(__file__).parent / "StubExcel.bas").read_text(encoding="ascii")}
PYTHON = r"C:\Users\张三\App Data\python\pythonw.exe"
BOOK = "永平镇 & 2025 (终稿).xlsx"
CALLBACKS = {
    "OnCheck": "check",
    "OnMake": "make",
    "OnSheet": "sheet",
    "OnPdf": "pdf",
    "OnNew": "new",
    "OnNext": "next",
    "OnZeros": "zeros",
    "OnLastYear": "last_year",
    "OnBatch": "batch",
    "OnRollup": "rollup",
    "OnHelp": "help",
    "OnAbout": "about",
}
CHOSEN = {"OnLastYear": "D:\\last & year\\a.xlsx", "OnBatch": "D:\\all bodies\\", "OnRollup": "D:\\all bodies\\"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    path = tmp_path_factory.mktemp("addin") / "nianbao.xlam"
    path.write_bytes(addin.build())
    return path


def lines(text):
    return text.replace("\r\n", "\n").strip("\n")


def expected(callback):
    """The arguments the program gets."""
    path = [f"--path={CHOSEN[callback]}"] if callback in CHOSEN else []
    options = ["-E", "-P", "-X", "utf8", "-m", "nianbao.excel", CALLBACKS[callback]]
    return [PYTHON, *options, f"--wb={BOOK}", "--from_xl=1", "--hwnd=4711", *path]


def divided(command_line):
    """CommandLineToArgvW's rules: a quote toggles, backslashes count only before a quote."""
    found, word, quoted, slashes = [], "", False, 0
    for char in command_line + " ":
        if char == "\\":
            slashes += 1
            continue
        if char == '"':
            word += "\\" * (slashes // 2)
            if slashes % 2:
                word += '"'
            else:
                quoted = not quoted
        elif char == " " and not quoted:
            word += "\\" * slashes
            if word:
                found.append(word)
            word = ""
        else:
            word += "\\" * slashes + char
        slashes = 0
    return found


def test_building_twice_gives_the_same_bytes(tmp_path, capsys):
    for name in ("a.xlam", "b.xlam"):
        assert main(["addin", "build", "-o", str(tmp_path / name)]) == 0
    first, second = (line.split()[0] for line in capsys.readouterr().out.splitlines())
    assert first == second == hashlib.sha256((tmp_path / "a.xlam").read_bytes()).hexdigest()


def test_the_vba_text_is_ascii_and_comes_out_of_olevba_as_it_went_in(built):
    found = foreign.modules(built)
    wanted = addin.modules({})
    assert set(found) == {m.name for m in wanted}
    for module in wanted:
        assert module.source.isascii()
        assert lines(found[module.name]) == lines(module.source)


def test_pyopenvba_reads_the_same_text_and_finds_no_fault(built):
    with ExcelFile(str(built)) as book:
        assert book.module_names() == [m.name for m in addin.modules({})]
        for module in addin.modules({}):
            assert lines(book.get_module(module.name)) == lines(module.source)
        assert book.vba_project().validate() == []


@pytest.mark.parametrize("size", [1, 2, 3, 17, 4095, 4096, 4097, 12289])
@pytest.mark.parametrize("text", [b"Dim x As Long\r\n", b"\0", bytes(range(256)), b"abcabd"])
def test_compressed_text_is_decompressed_by_a_foreign_reader(size, text):
    data = (text * (size // len(text) + 1))[:size]
    found = foreign.decompressed(compress(data))
    assert found[:size] == data
    assert not found[size:].strip(b"\0")


@pytest.mark.parametrize("size", [3700, 4096, 4097, 9000])
def test_what_cannot_be_compressed_is_kept_as_it_is(size):
    data = random.Random(size).randbytes(size)
    made = compress(data)
    found = foreign.decompressed(made)
    assert found[:size] == data
    assert not found[size:].strip(b"\0")
    assert len(made) <= 1 + -(-size // 4096) * (2 + 4096)  # never longer than raw chunks


@pytest.mark.parametrize("sizes", [(70_000, 10), (4096, 4095), (5000,), (0, 64), (300_000, 200_000, 1)])
def test_a_foreign_reader_finds_streams_of_every_size_in_the_compound_file(sizes):
    streams = {f"s{i}": random.Random(i).randbytes(size) for i, size in enumerate(sizes)}
    with olefile.OleFileIO(compound_file({"storage": streams, **streams})) as found:
        for name, data in streams.items():
            assert found.openstream(name).read() == data
            assert found.openstream(f"storage/{name}").read() == data
        assert not found.parsing_issues


@pytest.mark.validator
def test_microsofts_validator_accepts_the_addin(built):
    assert office.validate(built) == ""


# The ribbon

CHILDREN = {
    "customUI": {"ribbon"},
    "ribbon": {"tabs"},
    "tabs": {"tab"},
    "tab": {"group"},
    "group": {"button"},
    "button": set(),
}
ATTRIBUTES = {
    "tab": {"id", "label", "insertAfterMso"},
    "group": {"id", "label"},
    "button": {"id", "label", "size", "imageMso", "onAction", "screentip", "supertip"},
}


@pytest.fixture(params=sorted(addin.RIBBONS))
def ribbon(request, built):
    with zipfile.ZipFile(built) as package:
        return request.param, etree.fromstring(package.read(request.param))


def test_the_ribbon_keeps_its_schemas_structure(ribbon):
    part, root = ribbon
    namespace = addin.RIBBONS[part]
    ids = []
    for element in root.iter():
        assert etree.QName(element).namespace == namespace
        name = etree.QName(element).localname
        assert {etree.QName(c).localname for c in element} <= CHILDREN[name]
        assert set(element.attrib) <= ATTRIBUTES.get(name, set())
        if name in ATTRIBUTES:
            ids.append(element.get("id"))
            assert element.get("label")
        if name == "button":
            assert element.get("size", "normal") in ("normal", "large")
            assert all(len(element.get(a)) <= 1024 for a in ("screentip", "supertip"))
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", i) for i in ids)


def test_every_onaction_names_a_sub_with_the_right_signature(ribbon):
    _, root = ribbon
    subs = {}
    for module in addin.MODULES:
        for name, parameters in re.findall(r"(?m)^Public Sub (\w+)\((.*)\)$", addin.source(f"{module}.bas")):
            subs[f"{module}.{name}"] = parameters
    actions = [b.get("onAction") for b in root.iter("{*}button")]
    assert actions
    assert {a.removeprefix("NianbaoRibbon.") for a in actions} == set(CALLBACKS)
    assert all(subs[a] == "control As IRibbonControl" for a in actions)


def test_both_ribbons_are_related_from_the_package(built):
    with zipfile.ZipFile(built) as package:
        relations = package.read("_rels/.rels").decode()
    assert all(f'Target="{part}"' in relations for part in addin.RIBBONS)


def test_the_addin_calls_only_buttons_that_exist():
    assert set(CALLBACKS.values()) == set(BUTTONS)
    assert {CALLBACKS[c] for c in CHOSEN} == ASKS_FOR


def test_every_message_the_vba_asks_for_exists():
    keys = {k for m in addin.MODULES for k in re.findall(r'NianbaoText\("(\w+)"\)', addin.source(f"{m}.bas"))}
    assert keys == {*addin.TEXTS, "interpreter", "service", "version"}


# Running it

PRESS = "\n".join(f' Case "{c}"\n  NianbaoRibbon.{c} Nothing' for c in CALLBACKS)
PROBE = f"Option VBASupport 1\nFunction Go(which)\n Select Case which\n{PRESS}\n End Select\n Go = 1\nEnd Function\n"


@pytest.fixture(scope="module")
def stubbed(tmp_path_factory):
    path = tmp_path_factory.mktemp("addin") / "stub.xlam"
    path.write_bytes(addin.build(PYTHON, STUB))
    return path


def clicked(stubbed, callback, *answers):
    """Press a button where the service answers so; return what it was asked, what was started or told at last."""
    application = ExcelApplication.open(str(stubbed))
    cells = {28: BOOK, 29: "", **dict(enumerate(answers, 32))}
    put = "\n".join(
        f' ThisWorkbook.Worksheets("texts").Cells({row}, 2).Value = "{text.replace(chr(34), chr(34) * 2)}"'
        for row, text in cells.items()
    )
    application.add_module(f"Sub Go()\n{put}\n {callback} Nothing\nEnd Sub\n", name="Probe")
    application.run("Go")
    sheet = application.sheet("texts")
    asked = [sheet.value(f"C{row}") for row in range(32, 32 + int(sheet.value("B31")))]
    return asked, sheet.value("B29")


RUNS, DONE = '202 {"run": "0123456789abcdef", "what": ""}', '200 {"told": ""}'


@pytest.mark.parametrize("callback", CALLBACKS)
def test_a_service_of_this_version_presses_the_button_and_nothing_is_started(stubbed, callback):
    (pressed, *states), done = clicked(stubbed, callback, RUNS, RUNS, DONE)
    what, _, body = pressed.partition(" ")
    assert (what, body.isascii()) == ("excel", True)
    path = CHOSEN.get(callback, "")
    words = {"version": __version__, "button": CALLBACKS[callback], "book": BOOK, "window": "4711", "path": path}
    assert json.loads(body) == words
    assert states == ['state {"run": "0123456789abcdef"}'] * 2
    assert not done


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (['409 {"told": "请等它做完再点。"}'], "请等它做完再点。"),
        ([RUNS, '422 {"told": "程序异常退出。"}'], "程序异常退出。"),
        ([RUNS, '404 {"told": "请再点一次。"}'], "请再点一次。"),
        ([RUNS, ""], addin.TEXTS["gone"]),
        ([RUNS, RUNS, "403 refused"], addin.TEXTS["gone"]),
        (['200 {"told": "没有能打开它的程序。"}'], "没有能打开它的程序。"),
    ],
)
def test_what_the_service_could_not_do_is_one_sentence_and_nothing_is_started(stubbed, answers, said):
    assert clicked(stubbed, "OnMake", *answers)[1] == f"told: {said}"


@pytest.mark.parametrize("answer", ["", '404 {"told": "版本不一致。"}', "403 refused", "400 x", "500 x"])
def test_without_a_service_of_this_version_the_program_is_started(stubbed, answer):
    assert divided(clicked(stubbed, "OnMake", answer)[1]) == expected("OnMake")


@pytest.mark.parametrize("callback", CALLBACKS)
def test_pyopenvba_runs_the_callback_to_the_right_command_line(stubbed, callback):
    application = ExcelApplication.open(str(stubbed))
    code = f'Sub Go()\n ThisWorkbook.Worksheets("texts").Cells(28, 2).Value = "{BOOK}"\n {callback} Nothing\nEnd Sub\n'
    application.add_module(code, name="Probe")
    application.run("Go")
    assert divided(application.sheet("texts").value("B29")) == expected(callback)


def test_pyopenvba_compiles_the_real_modules(built):
    """A module it can't compile it leaves out; what needs COM it names as such."""
    application = ExcelApplication.open(str(built))
    assert application.evaluate('QuoteArgument("a b\\")') == '"a b\\\\"'
    assert application.evaluate("BookName()") == built.name
    for call in ("Interpreter()", "ChooseFile()", "ChooseFolder()", 'StartAndWait("x", "y")'):
        with pytest.raises(VBAUnsupportedError):
            application.evaluate(call)


@pytest.mark.parametrize(("right", "wrong"), [("End With", "End Wit"), ("As Long", "As As Long")])
def test_pyopenvba_would_have_noticed_a_module_that_does_not_compile(tmp_path, right, wrong):
    broken = addin.source("NianbaoExcel.bas").replace(right, wrong, 1)
    path = tmp_path / "wrong.xlam"
    path.write_bytes(addin.build(replaced={"NianbaoExcel": broken}))
    with pytest.raises(VBARuntimeError, match="not defined"):
        ExcelApplication.open(str(path)).evaluate("BookName()")


@pytest.mark.office
@pytest.mark.xdist_group("calc")
def test_libreoffice_runs_every_callback_to_the_right_command_line(stubbed):
    with calc.Office() as libreoffice:
        document = libreoffice.open(stubbed)
        libraries = document.BasicLibraries
        assert libraries.ProjectName == addin.PROJECT
        libraries.getByName(addin.PROJECT).insertByName("Probe", PROBE)
        address = f"vnd.sun.star.script:{addin.PROJECT}.Probe.Go?language=Basic&location=document"
        go = document.getScriptProvider().getScript(address)
        sheet = document.Sheets.getByName(addin.SHEET)

        def pressed(callback, book):
            sheet.getCellRangeByName("B28").String, sheet.getCellRangeByName("B29").String = book, ""
            go.invoke((callback,), (), ())
            return sheet.getCellRangeByName("B29").String

        for callback in CALLBACKS:
            assert divided(pressed(callback, BOOK)) == expected(callback)
            assert pressed(callback, "") == f"told: {addin.TEXTS['no_workbook']}"
        document.close(True)
