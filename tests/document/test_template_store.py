"""What is kept on disk of a compiled template: used when it is sound, never believed when it is not."""

import os
import subprocess
import sys
import threading

import pytest

from nianbao import caches, resources
from nianbao.document import package, render, template_store
from nianbao.form import load_edition
from office import parts
from reports import zero


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv(caches.SWITCH, str(tmp_path / "cache"))
    return tmp_path / "cache"


def kept_in(cache):
    return list(cache.glob("template-*"))


def prepared(name="2021"):
    return render.prepared(resources.template_path(name, "report.docx").read_bytes(), load_edition(name))


def test_a_template_is_compiled_once_and_read_from_disk_after_that(cache, monkeypatch):
    first = prepared().render(zero())
    assert len(kept_in(cache)) == 1
    monkeypatch.setattr(render, "compile_template", lambda *_: pytest.fail("compiled again"))
    assert prepared().render(zero()) == first


def test_a_template_with_more_than_words_is_compiled_each_time(cache):
    found = parts(resources.template_path("2021", "report.docx").read_bytes())
    found["word/document.xml"] = found["word/document.xml"].replace(
        "{{ 落款.单位名称 }}".encode(), "{{ 标题 | join }}".encode()
    )
    made = render.prepared(package.write(found), load_edition("2021")).render(zero())
    assert kept_in(cache) == []
    assert render.prepared(package.write(found), load_edition("2021")).render(zero()) == made


def test_reading_a_kept_template_needs_neither_docxtpl_nor_jinja_nor_lxml(cache):
    prepared()
    code = (
        "import sys; from nianbao import resources; from nianbao.document import render; "
        "from nianbao.form import load_edition; "
        "render.prepared(resources.template_path('2021', 'report.docx').read_bytes(), load_edition('2021')); "
        "print([m for m in ('docxtpl', 'jinja2', 'lxml', 'docx', 'openpyxl') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: raw[:-1],
        lambda raw: raw[:200],
        lambda raw: raw[:5000] + b"X" + raw[5001:],
        lambda raw: raw.replace(b"nianbao cache 2", b"nianbao cache 9"),
        lambda raw: b"\x80\x04cos\nsystem\n(S'true'\ntR.",
    ],
    ids=["empty", "last byte lost", "cut short", "one byte changed", "of another version", "a pickle"],
)
def test_a_damaged_file_is_compiled_anew_and_replaced(cache, damage):
    good = prepared().render(zero())
    (kept,) = kept_in(cache)
    sound = kept.read_bytes()
    kept.write_bytes(damage(sound))
    assert prepared().render(zero()) == good
    assert kept.read_bytes() == sound


def test_a_sound_file_with_other_contents_is_not_believed(cache):
    good = prepared().render(zero())
    (kept,) = kept_in(cache)
    key = kept.name.removeprefix(f"{template_store.KIND}-")
    for content in (b"[]\n", b"{}\n", b'{"fixed":[[1]],"filled":{},"data":"","properties":true}\n', b"not json"):
        caches.save(template_store.KIND, key, content)
        assert prepared().render(zero()) == good


def test_another_template_another_edition_and_another_docxtpl_have_files_of_their_own(cache, monkeypatch):
    prepared()
    prepared("wuping-2022")
    monkeypatch.setattr(template_store, "_versions", lambda: "docxtpl-99.dist-info")
    prepared()
    assert len(kept_in(cache)) == 3


def test_the_versions_of_what_compiles_are_known_without_importing_it():
    found = template_store._versions()
    assert all(f"{name}-" in found.lower() for name in ("docxtpl", "jinja2", "lxml", "python_docx"))


@pytest.mark.parametrize("folder", ["", "/proc/nowhere", "file"])
def test_where_nothing_can_be_kept_templates_are_compiled_each_time(folder, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(caches.SWITCH, str(tmp_path / "file") if folder == "file" else folder)
    assert prepared().render(zero()) == prepared().render(zero())


def test_many_writing_at_once_leave_one_sound_file(cache):
    errors = []

    def work():
        try:
            prepared().render(zero())
        except OSError as e:
            errors.append(e)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    (kept,) = kept_in(cache)
    assert template_store.load(kept.name.removeprefix(f"{template_store.KIND}-")) is not None


def test_old_files_go_when_there_are_many(cache):
    for n in range(60):
        caches.save("template", f"{n:032}", b"x")
    assert len(kept_in(cache)) <= 40
