"""Who is let in: this user's browser, by a token that works once, from this address alone."""

import json
import re
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from serve import desks

SECRET = "政府信息公开工作年度报告"


@pytest.fixture
def fresh(tmp_path):
    with desks.running(tmp_path) as started:
        yield started


def test_a_browser_that_was_given_the_address_sees_the_desk(desk):
    assert SECRET in desk.get().text


@pytest.mark.parametrize(
    "host", ["localhost:{port}", "evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "[::1]:{port}", ""]
)
def test_another_name_that_leads_here_is_refused(desk, host):
    headers = {"Host": host.format(port=desk.port), "Cookie": desk.cookie}
    answer = desk.raw("GET", desk.base, headers=headers)
    assert answer.status == 403
    assert SECRET not in answer.text


def test_two_hosts_in_one_request_are_refused(desk):
    request = f"GET {desk.base} HTTP/1.1\r\nHost: {desk.host}\r\nHost: evil.example\r\nCookie: {desk.cookie}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as s:
        s.sendall(request.encode())
        assert s.recv(12) in (b"HTTP/1.1 400", b"HTTP/1.1 403")


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "http://127.0.0.1",
        "http://localhost:{port}",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1:1",
    ],
)
@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("POST", "begin/check"), ("POST", "end"), ("PUT", "work/x/file/main")]
)
def test_a_page_from_elsewhere_is_refused_whatever_it_asks(desk, origin, method, path):
    headers = {"Origin": origin.format(port=desk.port), "Cookie": desk.cookie}
    assert desk.raw(method, desk.base + path, headers=headers).status == 403


def test_what_changes_something_must_say_where_it_comes_from(desk):
    assert desk.raw("POST", f"{desk.base}begin/check", headers={"Cookie": desk.cookie}).status == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_of_another_port_of_this_machine_is_refused(desk, site):
    assert desk.raw("GET", desk.base, headers={"Cookie": desk.cookie, "Sec-Fetch-Site": site}).status == 403


@pytest.mark.parametrize("path", ["", "help", "static/serve.js", "work/0/", "new"])
def test_without_the_cookie_nothing_is_seen(desk, path):
    assert desk.raw("GET", desk.base + path).status == 403


@pytest.mark.parametrize(
    "cookie", ["nianbao-{port}=", "nianbao-{port}=x", "nianbao={value}", "nianbao-1={value}", "nianbao-{port}={value}x"]
)
def test_a_wrong_cookie_is_refused(desk, cookie):
    value = desk.cookie.partition("=")[2]
    assert desk.raw("GET", desk.base, headers={"Cookie": cookie.format(port=desk.port, value=value)}).status == 403


def test_without_the_secret_place_the_cookie_is_worth_nothing(desk):
    for path in ("/", "/static/serve.js", f"/{'x' * 22}/", "/../"):
        assert desk.raw("GET", path, headers={"Cookie": desk.cookie}).status == 403


def test_the_cookie_goes_to_no_script_and_no_other_address(fresh):
    said = fresh.log_in().headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Strict", f"Path={fresh.base}"} <= {p.strip() for p in said.split(";")}


def test_a_token_opens_once(fresh):
    assert fresh.log_in().status == 200
    assert fresh.get().status == 200
    again = fresh.raw("GET", urlsplit(fresh.opens).path)
    assert again.status == 403
    assert "set-cookie" not in again.headers


def test_the_browser_that_an_address_opened_comes_by_it_again_and_stays_in(fresh):
    fresh.log_in()
    again = fresh.get(urlsplit(fresh.opens).path)
    assert (again.status, again.headers["location"]) == (303, fresh.base)
    assert fresh.get().status == 200


def test_who_comes_with_a_used_token_closes_what_it_opened(fresh):
    """Whoever read the address over the user's shoulder and came first is out as soon as the user comes."""
    fresh.log_in()
    fresh.raw("GET", urlsplit(fresh.opens).path)
    assert fresh.get().status == 403


@pytest.mark.parametrize("token", ["", "x", "%00", "x" * 5000])
def test_a_guessed_token_opens_nothing(desk, token):
    answer = desk.raw("GET", f"{desk.base}start/{token}")
    assert answer.status in (403, 404)
    assert "set-cookie" not in answer.headers


def test_another_users_cookie_is_refused(desk, fresh):
    fresh.log_in()
    stolen = fresh.cookie.replace(str(fresh.port), str(desk.port))
    assert desk.raw("GET", desk.base, headers={"Cookie": stolen}).status == 403
    assert desk.raw("GET", desk.base, headers={"Cookie": fresh.cookie}).status == 403


@pytest.mark.parametrize("key", ["", "Bearer ", "Bearer x", "Basic x"])
def test_only_the_users_own_programs_are_given_a_new_address(desk, key):
    headers = {"Authorization": key} if key else {}
    assert desk.raw("POST", f"{desk.base}open", headers=headers).status == 403


def test_a_browser_cannot_ask_as_a_program_even_with_the_key(desk):
    key = json.loads((desk.home / "nianbao" / "serve" / "serve.json").read_text())["key"]
    headers = {"Authorization": f"Bearer {key}", "Origin": f"http://{desk.host}"}
    assert desk.raw("POST", f"{desk.base}open", headers=headers).status == 403
    assert desk.raw("GET", desk.base, headers={"Authorization": f"Bearer {key}"}).status == 403


@pytest.mark.parametrize("method", ["DELETE", "OPTIONS", "TRACE", "PATCH", "HEAD"])
def test_other_methods_are_refused(desk, method):
    assert desk.raw(method, desk.base, headers=desk.ours()).status == 403


@pytest.mark.parametrize("path", ["", "nowhere", "work/none/", "static/serve.css", "start/x"])
def test_every_answer_forbids_framing_scripts_of_others_and_keeping(desk, path):
    headers = desk.get(path).headers
    policy = dict(p.strip().partition(" ")[::2] for p in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


def test_a_refusal_says_the_same_and_forbids_framing_too(desk):
    headers = desk.raw("GET", "/").headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("path", ["", "new", "help", "read"])
def test_no_page_has_a_script_or_style_within_or_asks_elsewhere(desk, path):
    text = desk.get(path).text
    assert not re.search(r"<style|<script(?! src=)|\son\w+=|\sstyle=|javascript:", text)
    addresses = re.findall(r"""(?:src|href|action)=["']([^"']+)""", text)
    assert addresses
    assert all(a.startswith((desk.base, "#", "data:,")) for a in addresses)


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="only Linux tells so")
def test_it_listens_on_this_machine_alone(desk):
    held = {line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]}
    assert f"0100007F:{desk.port:04X}" in held
    assert f"00000000:{desk.port:04X}" not in held


def test_five_hundred_idle_connections_do_not_keep_the_user_out(fresh):
    fresh.log_in()
    held = []
    try:
        for _ in range(500):
            held.append(socket.create_connection(("127.0.0.1", fresh.port), timeout=20))
        begun = time.monotonic()
        assert SECRET in fresh.get().text
        assert time.monotonic() - begun < 5
    finally:
        for s in held:
            s.close()


def test_connections_that_dribble_are_closed_in_time(fresh):
    with socket.create_connection(("127.0.0.1", fresh.port), timeout=30) as s:
        s.settimeout(0.5)
        begun = time.monotonic()
        while time.monotonic() - begun < 20:
            try:
                s.sendall(b"G")
                if s.recv(1) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        assert time.monotonic() - begun < 15
