"""No produced file tells who made it, where and when: every kind of file is searched, its metadata too."""

import datetime
import importlib.util
import io
import json
import os
import platform
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

import books
import office
import reports
from county import towns
from nianbao import report
from register import leaks, registers

pytestmark = pytest.mark.xdist_group("privacy")

ROOT = Path(__file__).resolve().parents[1]
USER, HOST, HOME = "yonghu-jia-0417", "zhuji-yi-0417", "jiamulu-0417"
"""What this user, machine and folder are called while the files are made."""

YEARS = {str(y) for y in range(2024, datetime.date.today().year + 2)}  # noqa: DTZ011 - any time zone's year will do


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Every kind of file the program makes, made by a process of a known user, machine and folder."""
    folder = tmp_path_factory.mktemp("private") / HOME
    out = folder / "结果"
    out.mkdir(parents=True)
    names = ("USER", "LOGNAME", "USERNAME", "LNAME", "HOSTNAME", "COMPUTERNAME")
    known = dict.fromkeys(names[:4], USER) | dict.fromkeys(names[4:], HOST)
    more = {"HOME": str(folder), "USERPROFILE": str(folder), "TMPDIR": str(folder), "NIANBAO_CACHE": ""}
    path = os.pathsep.join((str(ROOT / "automation"), str(ROOT / "tests")))
    environment = {**os.environ, **known, **more, "PYTHONPATH": path}
    data = folder / "数据.json"
    data.write_text(report.dumps(reports.zero()), encoding="utf-8")
    wrong = books.saved(folder, reports.changed(reports.zero(), requests__received__natural_person=3))
    register = registers.write_xlsx(
        folder / "台账.xlsx", registers.table(registers.applications(registers.seeded(3), 9))
    )
    roster, delivered = towns.many(folder, 3)
    every = "docx,html,csv,json,svg,png" + (",pdf" if office.shutil.which("soffice") else "")
    for arguments in (
        ("make", data, "-o", out / "一份", "--to", every, "--check-sheet"),
        ("check", wrong, "--annotate", out / "标出问题.xlsx", "--write-reasons", out / "说明.json"),
        ("new", "--body", "某镇人民政府", "--year", 2025, "--with-register", "-o", out / "填报表.xlsx"),
        ("read", data, "-o", out / "读入.xlsx"),
        ("template", "new", "--edition", "2021", "-o", out / "模板.docx"),
        ("template", "new", "--edition", "2021", "-o", out / "网页.html"),
        ("register", "new", "-o", out / "空白台账.xlsx"),
        ("register", "check", register),
        ("roster", "-o", out / "名册.xlsx"),
        ("batch", delivered, "--roster", roster, "-o", out / "县", "--to", "docx,html,csv,json", "--workers", 2),
        ("rollup", delivered, "--roster", roster, "-o", out / "汇总.xlsx", "--partial"),
    ):
        command = [sys.executable, "-m", "nianbao", *map(str, arguments)]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=300)
        assert done.returncode in (0, 1), done.stderr.decode()
    return out


def test_no_file_of_any_kind_names_a_user_a_machine_or_a_folder(made):
    kinds = {p.suffix for p in made.rglob("*") if p.is_file() and ".nianbao" not in p.parts}
    here = (str(ROOT), str(Path(sys.prefix)), str(made.parent), platform.node() or HOST, str(Path.home() / "x")[:-2])
    words = (USER, HOST, HOME, *(w for w in here if len(w) > 5))
    assert leaks.found_in(made, words) == []
    assert kinds >= {".docx", ".xlsx", ".html", ".csv", ".json"}
    assert importlib.util.find_spec("matplotlib"), "the test command installs matplotlib"
    assert kinds >= {".svg", ".png"}


def test_the_search_for_names_finds_them(made, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("docProps/core.xml", f"<x>{USER}</x>")
    (tmp_path / "b.png").write_bytes(b"\x89PNG" + HOME.encode("utf-16-le"))
    assert len(leaks.found_in(tmp_path, (USER, HOME))) >= 2


def test_the_properties_of_office_files_name_only_the_office_that_reports(made):
    seen = 0
    for path in [*made.rglob("*.docx"), *made.rglob("*.xlsx")]:
        parts = office.parts(path)
        names = "".join(n for n in parts if "comment" in n.lower() or "person" in n.lower())
        assert "people.xml" not in names
        core = etree.fromstring(parts["docProps/core.xml"])
        told = {etree.QName(e).localname: e.text or "" for e in core}
        assert told.get("creator", "") in ("", "nianbao", reports.BODY["name"]) or told["creator"].endswith("人民政府")
        assert "lastModifiedBy" not in told or told["lastModifiedBy"] in ("", "nianbao")
        app = etree.fromstring(parts["docProps/app.xml"])
        assert not {etree.QName(e).localname for e in app.iter()} & {"Company", "Manager", "HyperlinkBase", "Template"}
        seen += 1
    assert seen > 15


def test_no_file_tells_when_it_was_made(made):
    now = datetime.datetime.now().astimezone()
    today = (f"{now:%Y-%m-%d}", f"{now:%Y%m%d}", f"{now.year}年{now.month}月{now.day}日")
    for path in (p for p in made.rglob("*") if p.is_file() and ".nianbao" not in p.parts):
        data = path.read_bytes()
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                for item in package.infolist():
                    assert item.date_time[:3] in ((1980, 1, 1), (2021, 9, 26)), (path, item.filename)
                    assert not item.extra or b"UT" not in item.extra, path
        if path.suffix != ".pdf":  # an archive's standard asks a PDF for its day
            assert leaks._in_bytes(path.name, towns.dayless(path), today) == []


def test_pictures_and_pdfs_carry_no_program_and_no_path(made):
    for path in made.rglob("*.png"):
        data = path.read_bytes()
        assert not re.findall(rb"tIME|eXIf|Software|Author|Creation|Matplotlib", data), path
        assert data.count(b"tEXt") + data.count(b"zTXt") == 0, path
    for path in made.rglob("*.pdf"):
        told = pypdfium2.PdfDocument(path).get_metadata_dict()
        assert USER not in str(told)
        assert told.get("Author", "") in ("", reports.BODY["name"])
    for path in made.rglob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert "<metadata" not in text or not re.search("dc:date|dc:creator|Matplotlib", text), path


def test_the_countys_own_state_names_no_folder_of_the_machine_either(made):
    state = made / "县" / ".nianbao"
    assert leaks.found_in(state, (USER, HOST)) == []
    journal = (state / "journal.jsonl").read_text(encoding="utf-8")
    assert all(json.loads(line) for line in journal.splitlines())
    assert str(made) not in journal


def test_personal_data_keep_everything_public_from_being_made(tmp_path):
    """The privacy rule runs before anything: neither report nor page nor picture nor data are made."""
    texts = {**reports.TEXTS, "overview": "申请人张三（身份证号110101199003070134，手机13812345678）申请公开。"}
    data = tmp_path / "数据.json"
    data.write_text(json.dumps({**report.to_json(reports.zero()), "texts": texts}), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "automation")}
    command = [sys.executable, "-m", "nianbao", "make", str(data), "-o", str(tmp_path / "out")]
    done = subprocess.run(
        [*command, "--to", "docx,html,csv,json,svg,png"], env=environment, capture_output=True, check=False, timeout=120
    )
    said = (done.stdout + done.stderr).decode()
    assert done.returncode == 1
    assert "没有生成报告" in said
    assert "110101199003070134" not in said
    assert "13812345678" not in said
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())
