"""What the add-in inside WPS is let do: by the key in the user's own file, from a page of this machine alone."""

import json
import os
import stat

import pytest

import reports
from nianbao import workbook
from nianbao.form import load_edition
from nianbao.ribbon import posted
from serve import desks

LOCAL = ["null", "file://"]


@pytest.fixture
def key(desk):
    return json.loads((desk.home / "nianbao" / "serve" / "serve.json").read_text())["key"]


def told(**more):
    sheet = {"title": "表", "shown": True, "values": [[None]], "formulas": [[""]], "formats": [], "hiddenRows": []}
    sheet["hiddenColumns"] = []
    book = {"name": "甲.xlsx", "fullname": "甲.xlsx", "sheets": [sheet], "names": {}, "selected": []}
    return {"button": "help", "path": "", "book": {**book, **more}, "answers": {}}


def ask(desk, what="press", sent=None, method="POST", **headers):
    named = {k.replace("_", "-"): v for k, v in headers.items() if v is not None}
    return desk.raw(method, f"{desk.base}addin/{what}", json.dumps(told() if sent is None else sent), named)


def finished(desk, key, answer):
    while answer.status == 202:
        answer = ask(desk, "state", {"run": answer.told["run"]}, Authorization=f"Bearer {key}")
    return answer


@pytest.mark.parametrize("origin", [None, *LOCAL])
def test_who_has_the_key_may_press_a_button_from_a_page_of_this_machine(desk, key, origin):
    answer = finished(desk, key, ask(desk, Authorization=f"Bearer {key}", Origin=origin))
    assert answer.status == 200
    (step,) = answer.told["steps"]
    assert (step["do"], "校验" in step["text"]) == ("tell", True)


@pytest.mark.parametrize("origin", LOCAL)
def test_a_page_of_this_machine_may_read_the_answer_and_no_other_page_may(desk, key, origin):
    answer = ask(desk, "state", {"run": "x"}, Authorization=f"Bearer {key}", Origin=origin)
    assert (answer.status, answer.headers["access-control-allow-origin"]) == (404, origin)
    assert answer.headers["vary"] == "Origin"
    assert "access-control-allow-credentials" not in answer.headers
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("sent", [None, "", "Bearer ", "Bearer x", "Basic {key}", "Bearer {key}x", "Bearer  {key}"])
@pytest.mark.parametrize("origin", [None, "null"])
def test_without_the_right_key_nothing_is_done_and_nothing_is_told(desk, key, sent, origin):
    header = sent.format(key=key) if sent else sent
    answer = ask(desk, Authorization=header, Origin=origin)
    assert answer.status == 403
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("what", ["press", "state"])
def test_the_browsers_cookie_is_no_key(desk, what):
    assert ask(desk, what, Cookie=desk.cookie, Origin=f"http://{desk.host}").status == 403
    assert ask(desk, what, Cookie=desk.cookie).status == 403
    assert ask(desk, what, Cookie=desk.cookie, Origin="null").status == 403


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "https://evil.example", "http://{host}", "http://localhost:{port}", "http://127.0.0.1",
     "http://127.0.0.1:58890", "file://evil", "NULL", ""],
)  # fmt: skip
def test_a_page_from_elsewhere_is_refused_with_the_key_and_without_it(desk, key, origin):
    said = origin.format(host=desk.host, port=desk.port)
    for header in (f"Bearer {key}", None):
        answer = ask(desk, Authorization=header, Origin=said)
        assert answer.status == 403
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("host", ["evil.example", "localhost:{port}", "127.0.0.1"])
def test_another_name_that_leads_here_is_refused_with_the_key(desk, key, host):
    assert ask(desk, Authorization=f"Bearer {key}", Host=host.format(port=desk.port)).status == 403


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS"])
def test_only_posts_are_taken(desk, key, method):
    assert ask(desk, method=method, Authorization=f"Bearer {key}").status == 403


def test_the_key_opens_nothing_else_from_a_page(desk, key):
    for method, path in (("GET", ""), ("POST", "begin/check"), ("POST", "open"), ("POST", "close"), ("POST", "end")):
        for origin in LOCAL:
            headers = {"Authorization": f"Bearer {key}", "Origin": origin}
            assert desk.raw(method, desk.base + path, headers=headers).status == 403, path


def test_without_the_secret_place_the_key_is_worth_nothing(desk, key):
    headers = {"Authorization": f"Bearer {key}", "Origin": "null"}
    for path in ("/addin/press", f"/{'x' * 22}/addin/press", f"{desk.base}../addin/press"):
        assert desk.raw("POST", path, json.dumps(told()), headers).status == 403


def preflight(desk, path="addin/press", **headers):
    usual = {"Origin": "null", "Access-Control-Request-Method": "POST"}
    usual["Access-Control-Request-Headers"] = "authorization,content-type"
    named = {**usual, **{k.replace("_", "-"): v for k, v in headers.items()}}
    return desk.raw("OPTIONS", desk.base + path, headers={k: v for k, v in named.items() if v is not None})


@pytest.mark.parametrize("origin", LOCAL)
def test_a_browsers_question_before_is_answered_as_narrowly_as_it_can_be(desk, origin):
    answer = preflight(desk, Origin=origin)
    assert (answer.status, answer.body) == (204, b"")
    allowed = {k: v for k, v in answer.headers.items() if k.startswith("access-control")}
    assert allowed == {
        "access-control-allow-origin": origin,
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "authorization, content-type",
    }
    private = preflight(desk, Origin=origin, Access_Control_Request_Private_Network="true")
    assert private.headers["access-control-allow-private-network"] == "true"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": None},
        {"Origin": "http://{host}"},
        {"Access_Control_Request_Method": "PUT"},
        {"Access_Control_Request_Method": None},
        {"Access_Control_Request_Headers": "authorization,x-other"},
        {"Host": "evil.example"},
    ],
    ids=str,
)
def test_any_other_question_before_is_refused(desk, headers):
    answer = preflight(desk, **{k: v and v.format(host=desk.host) for k, v in headers.items()})
    assert answer.status == 403
    assert not [k for k in answer.headers if k.startswith("access-control")]


@pytest.mark.parametrize("path", ["", "open", "end", "begin/check", "addin"])
def test_a_question_about_anything_else_is_refused(desk, path):
    assert preflight(desk, path).status == 403


NONE = [[], 3, {}, *({**told(), k: v} for k, v in {"button": "format", "path": None, "book": [], "answers": 1}.items())]


@pytest.mark.parametrize("sent", NONE, ids=str)
def test_what_is_no_pressed_button_is_told(desk, key, sent):
    answer = ask(desk, sent=sent, Authorization=f"Bearer {key}")
    assert answer.status == 400
    assert "再点一次" in answer.told["told"]


ODD = {
    "no sheets": {"sheets": None},
    "a sheet of no shape": {"sheets": [{"title": "基本信息", "shown": True, "values": 3}]},
    "rows of several lengths": {"values": [[1], [1, 2]], "formulas": [[""], ["", ""]]},
    "other formulas": {"values": [[1, 2]], "formulas": [[""]]},
    "a number that is none": {"values": [[float("inf")]]},
    "an object": {"values": [[{"a": 1}]]},
    "formats of no shape": {"formats": [[1, 2]]},
    "a title that is none": {"title": 3},
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_a_workbook_of_no_shape_is_told_and_ends_nothing(desk, key, odd):
    sheet = {**told()["book"]["sheets"][0], "title": "基本信息"}
    book = {"sheets": odd["sheets"]} if "sheets" in odd else {"sheets": [{**sheet, **odd}]}
    sent = {**told(**book), "button": "check"}
    answer = finished(desk, key, ask(desk, sent=sent, Authorization=f"Bearer {key}"))
    said = answer.told["told"] if "told" in answer.told else answer.told["steps"][-1]["text"]
    assert "再点一次" in said
    assert finished(desk, key, ask(desk, Authorization=f"Bearer {key}")).status == 200


def test_a_format_over_the_whole_world_takes_no_time():
    book = posted.PostedBook(posted.pressed(told()), print)
    sheet = {"values": [[1]], "formulas": [["1"]], "formats": [[1, 1, 10**9, 10**9, "0"]] * 3}
    book._sheets["表"] = {**told()["book"]["sheets"][0], **sheet}
    assert book.block("表").values == [[1]]


def test_a_truth_stays_one():
    book = posted.PostedBook(posted.pressed(told()), print)
    book._sheets["表"] = {**told()["book"]["sheets"][0], "values": [[True, 1]], "formulas": [["TRUE", "1"]]}
    assert book.block("表").values[0][0] is True


def test_half_a_sign_is_written_as_something_that_can_be(desk, key):
    sent = {**told(name="\ud800甲.xlsx"), "button": "check"}
    answer = finished(desk, key, ask(desk, sent=sent, Authorization=f"Bearer {key}"))
    assert "不是本程序的标准填报表" in answer.told["steps"][-1]["text"]


def test_a_second_click_waits_for_the_first(tmp_path, books):
    folder = tmp_path / "各单位"
    folder.mkdir()
    for i in range(40):
        (folder / f"{i}.xlsx").write_bytes(workbook.build(load_edition("2021"), reports.zero()))
    with desks.running(tmp_path) as desk:
        key = json.loads((tmp_path / "nianbao" / "serve" / "serve.json").read_text())["key"]
        first = ask(desk, sent={**told(), "button": "batch", "path": str(folder)}, Authorization=f"Bearer {key}")
        second = ask(desk, Authorization=f"Bearer {key}")
        assert (first.status, second.status) == (202, 409)
        assert "还在运行" in second.told["told"]
        done = finished(desk, key, first)
        assert "生成年报 40 份" in done.told["steps"][-1]["text"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_what_is_made_in_the_users_folder_has_the_users_own_mode(tmp_path):
    folder = tmp_path / "各单位"
    folder.mkdir()
    (folder / "甲.xlsx").write_bytes(workbook.build(load_edition("2021"), reports.zero()))
    before = os.umask(0o022)
    try:
        with desks.running(tmp_path) as desk:
            key = json.loads((tmp_path / "nianbao" / "serve" / "serve.json").read_text())["key"]
            sent = {**told(), "button": "batch", "path": str(folder)}
            finished(desk, key, ask(desk, sent=sent, Authorization=f"Bearer {key}"))
    finally:
        os.umask(before)
    (made,) = (folder / "年报").glob("*.docx")
    assert stat.S_IMODE(made.stat().st_mode) == 0o644
    assert stat.S_IMODE((tmp_path / "nianbao" / "serve").stat().st_mode) == 0o700


def test_an_address_file_is_its_users_alone(desk):
    if os.name == "posix":
        path = desk.home / "nianbao" / "serve" / "serve.json"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
