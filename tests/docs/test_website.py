"""The site of the documentation is whole, needs no network when built or read, and finds Chinese words."""

import os
import re
import subprocess
import sys
import time
from urllib.parse import unquote, urlsplit

import pytest

import website
from county_desk.browser import chromium, show

pytestmark = pytest.mark.xdist_group("website")

OFFLINE = "import socket\ndef refuse(*_, **__): raise OSError('no network')\nsocket.socket.connect = refuse\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built by a Python whose sockets can't connect."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "offline").mkdir()
    (folder / "offline" / "sitecustomize.py").write_text(OFFLINE)
    path = os.pathsep.join([str(folder / "offline"), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, str(website.ROOT / "docs" / "website.py"), "-o", str(folder / "made")]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "made"


def pages(site):
    return [p for p in site.rglob("*.html") if "_static" not in p.parts]


def test_every_page_of_the_repository_is_in_the_site(site):
    wanted = {p.relative_to(website.ROOT).with_suffix(".html") for p in (website.ROOT / "docs").rglob("*.md")}
    assert wanted <= {p.relative_to(site) for p in pages(site)}


def test_every_link_and_picture_in_the_site_leads_to_a_file(site):
    for page in pages(site):
        for link in re.findall(r'(?:href|src)="([^"]+)"', page.read_text(encoding="utf-8")):
            parts = urlsplit(link)
            if not parts.scheme and parts.path:
                assert (page.parent / unquote(parts.path)).exists(), f"{page.name}: {link}"


def test_nothing_is_fetched_from_elsewhere_when_it_is_read(site):
    for page in pages(site):
        text = page.read_text(encoding="utf-8")
        fetched = re.findall(r"<(?:script|img|iframe|source)[^>]+src=\"([^\"]+)", text)
        fetched += re.findall(r"<link[^>]+href=\"([^\"]+)", text)
        assert [f for f in fetched if re.match(r"(https?:)?//", f)] == [], page.name
    for style in site.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert not re.search(r"@import\s+(url\()?[\"']?(https?:)?//|url\([\"']?(https?:)?//", text), style.name


def test_the_site_names_no_folder_of_the_machine_it_was_built_on(site):
    for path in site.rglob("*"):
        if path.suffix in (".html", ".js", ".txt"):
            assert "nianbao-site-" not in path.read_text(encoding="utf-8"), path.name


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "page"), [("上年结转", "常见问题"), ("杀毒软件", "系统管理员"), ("docxtpl", "更新记录")]
)
def test_the_search_finds_chinese_words_in_a_site_opened_from_disk(site, words, page):
    with chromium() as driver:
        show(driver, site / "index.html")
        driver.get((site / "search.html").as_uri() + f"?q={words}")
        found, until = [], time.monotonic() + 10
        while not any(page in f for f in found) and time.monotonic() < until:
            time.sleep(0.2)
            found = [e.text for e in driver.find_elements("css selector", "#search-results ul.search li a")]
        assert any(page in f for f in found), found
