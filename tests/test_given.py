"""What is told of a file that does not come: one sentence, in the words of whoever asked for it."""

import pytest

from nianbao import given
from nianbao.errors import InputError, TemplateError


def told(call, *words):
    with pytest.raises((InputError, TemplateError)) as caught:
        call(*words)
    return type(caught.value), str(caught.value)


def test_a_small_file_is_told_by_what_it_should_be(tmp_path):
    there = tmp_path / "a.toml"
    there.write_bytes(b"12345")
    assert given.named(there, 5, "站点设置", "太大") == b"12345"
    assert told(given.named, there, 4, "站点设置", "太大") == (InputError, "太大")
    gone = tmp_path / "b.toml"
    assert told(given.named, gone, 9, "站点设置", "太大") == (InputError, f"找不到站点设置“{gone}”")
    assert told(given.named, gone, 9, "", "太大", TemplateError) == (TemplateError, f"找不到文件“{gone}”")
    assert told(given.named, tmp_path, 9, "模板", "太大") == (
        InputError,
        f"模板“{tmp_path}”打不开（是文件夹，不是文件）",
    )


def test_a_file_that_was_sent_is_told_with_its_cure(tmp_path):
    there = tmp_path / "a.xlsx"
    there.write_bytes(b"1" * (2**20 + 1))
    words = ("填报表文件", "打开它的程序", "太大")
    assert len(given.sent(there, 2**20 + 1, *words)) == 2**20 + 1
    assert told(given.sent, there, 2**20, *words)[1] == "“a.xlsx”有 1 MB，太大"
    gone = tmp_path / "b.xlsx"
    assert told(given.sent, gone, 9, *words)[1] == f"找不到文件“{gone}”，请核对文件名和所在的文件夹"
    assert told(given.sent, tmp_path, 9, *words)[1] == f"“{tmp_path}”是文件夹，请提供填报表文件"
    odd = tmp_path / "c\0.xlsx"
    assert told(given.sent, odd, 9, *words)[1] == f"“{odd}”读不出来（文件名或路径不合规定），请复制到本机后再试"


def test_a_file_that_another_program_holds_is_told_by_that_program(tmp_path, monkeypatch):
    def held(path, most):
        raise PermissionError(13, "held", str(path), most)

    monkeypatch.setattr(given.files, "read", held)
    said = told(given.sent, tmp_path / "a", 9, "年报文件", "打开它的程序", "太大")[1]
    assert said.endswith("”打不开（没有权限，或正被别的程序占用），请关闭打开它的程序后再试")
