"""Driving Word, at the boundary to its object model: what Word is told. That it obeys is tried on Windows."""

import runpy
import sys
import types
from importlib.machinery import ModuleSpec

import pytest

from nianbao.publish import word
from nianbao.publish.office import PROCESS


class Refused(Exception):  # noqa: N818 - stands for pywintypes.com_error
    pass


class Document:
    def __init__(self, told, name):
        self.told, self.name = told, name
        self.ActiveWindow = types.SimpleNamespace(Hwnd=77)

    def ExportAsFixedFormat(self, **settings):  # noqa: N802 - Word's own name
        self.told.append(("export", settings))

    def Close(self, **settings):  # noqa: N802
        self.told.append(("close", settings))


class Documents:
    def __init__(self, told):
        self.told = told

    def Open(self, **settings):  # noqa: N802
        self.told.append(("open", settings))
        if settings["FileName"].endswith("bad.docx"):
            raise Refused
        return Document(self.told, settings["FileName"])


class Word:
    def __init__(self, told):
        self.told = told
        self.Documents = Documents(told)
        self.Options = types.SimpleNamespace()

    def Quit(self, **settings):  # noqa: N802
        self.told.append(("quit", settings))


@pytest.fixture
def driven(monkeypatch):
    """Word's object model as far as it is used; returns what was told to it, and Word."""
    told = []
    application = Word(told)
    client = types.ModuleType("win32com.client")
    client.DispatchEx = lambda name: application if name == "Word.Application" else None
    package = types.ModuleType("win32com")
    package.client = client
    errors = types.ModuleType("pywintypes")
    errors.com_error = Refused
    process = types.ModuleType("win32process")
    process.GetWindowThreadProcessId = lambda hwnd: (1, hwnd + 1)
    for module in (package, client, errors, process):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    return told, application


def test_word_is_told_to_run_nothing_fetch_nothing_and_change_nothing(driven, tmp_path):
    told, application = driven
    assert word.main(["-", str(tmp_path), str(tmp_path), str(tmp_path / "a.docx")]) == 0
    assert (application.Visible, application.DisplayAlerts, application.AutomationSecurity) == (False, 0, 3)
    assert application.Options.UpdateLinksAtOpen is False
    opened = dict(told)["open"]
    assert opened["ReadOnly"] is True
    assert opened["AddToRecentFiles"] is False
    assert dict(told)["close"] == dict(told)["quit"] == {"SaveChanges": 0}


def test_word_makes_a_tagged_pdf_with_headings_as_bookmarks_and_pdf_a_when_asked(driven, tmp_path):
    told, _ = driven
    word.main(["A", str(tmp_path), str(tmp_path), str(tmp_path / "a.docx")])
    word.main(["-", str(tmp_path), str(tmp_path), str(tmp_path / "a.docx")])
    archived, plain = (settings for what, settings in told if what == "export")
    assert archived["OutputFileName"] == str(tmp_path / "a.pdf")
    assert archived["ExportFormat"] == 17
    assert archived["CreateBookmarks"] == 1
    assert archived["DocStructureTags"] is True
    assert (archived["UseISO19005_1"], plain["UseISO19005_1"]) == (True, False)


def test_a_document_that_word_refuses_does_not_stop_the_next_and_word_is_closed(driven, tmp_path):
    told, _ = driven
    word.main(["-", str(tmp_path), str(tmp_path), str(tmp_path / "bad.docx"), str(tmp_path / "good.docx")])
    assert [what for what, _ in told] == ["open", "open", "export", "close", "quit"]
    assert not (tmp_path / PROCESS).exists()


def test_the_process_of_word_is_noted_while_it_works(driven, tmp_path, monkeypatch):
    noted = []
    monkeypatch.setattr(
        Document, "ExportAsFixedFormat", lambda *_, **__: noted.append((tmp_path / PROCESS).read_text())
    )
    word.main(["-", str(tmp_path), str(tmp_path), str(tmp_path / "a.docx")])
    assert noted == ["78"]


def test_the_program_is_started_with_its_words_and_ends_with_nought(driven, tmp_path, monkeypatch):
    told, _ = driven
    monkeypatch.setattr(sys, "argv", ["word.py", "-", str(tmp_path), str(tmp_path), str(tmp_path / "a.docx")])
    monkeypatch.delitem(sys.modules, "nianbao.publish.word")
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("nianbao.publish.word", run_name="__main__")
    assert ended.value.code == 0
    assert [what for what, _ in told] == ["open", "export", "close", "quit"]


@pytest.fixture
def windows(monkeypatch):
    """Windows' registry as far as it is asked: the set of keys that are there."""
    keys, closed = set(), []
    registry = types.ModuleType("winreg")
    registry.HKEY_CLASSES_ROOT = "HKCR"

    def opened(root, name):
        if (root, name) not in keys:
            raise FileNotFoundError(name)
        return name

    registry.OpenKey, registry.CloseKey = opened, closed.append
    monkeypatch.setitem(sys.modules, "winreg", registry)
    monkeypatch.setattr(word.sys, "platform", "win32")
    return keys, closed


def test_word_is_found_by_its_entry_in_the_registry_and_where_it_can_be_driven(driven, windows, tmp_path):
    keys, closed = windows
    sys.modules["win32com"].__spec__ = ModuleSpec("win32com", None)
    assert word.find() is None  # WPS alone, or nothing
    keys.add(("HKCR", r"Word.Application\CLSID"))
    found = word.find(pdf_a=True)
    assert (found.name, found.most) == ("Word", 1)
    command = found.command(tmp_path / "own", [tmp_path / "甲.docx"], tmp_path)
    own, target, document = (str(tmp_path / x) for x in ("own", "", "甲.docx"))
    assert command == [sys.executable, "-P", "-X", "utf8", "-m", "nianbao.publish.word", "A", own, target, document]
    assert word.find().command(tmp_path, [], tmp_path)[6] == "-"
    assert closed == [r"Word.Application\CLSID"] * 2


def test_word_without_the_library_that_drives_it_is_not_used(windows, monkeypatch):
    keys, _ = windows
    keys.add(("HKCR", r"Word.Application\CLSID"))
    monkeypatch.setattr(word.importlib.util, "find_spec", lambda name: None)
    assert word.find() is None


@pytest.mark.skipif(sys.platform == "win32", reason="there Word may be installed")
def test_there_is_no_word_outside_windows():
    assert word.find() is None
