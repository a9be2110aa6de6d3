"""S7: half-width punctuation in Chinese text is found; numbers, times, addresses of the net and Latin words keep it."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks.wording.punctuation import half_width, punctuation_is_full_width
from nianbao.findings import Severity
from nianbao.form import load_edition

HALF_WIDTH = [
    ("发布信息,更新栏目。", 1),
    ("发布信息94篇,其中政务类30篇。", 1),
    ("发布信息;更新栏目。", 1),
    ("主要问题:更新不及时。", 1),
    ("电话:0597-4632003", 1),
    ("公开了吗?公开了。", 1),
    ("全部公开!", 1),
    ("发布信息(含转载)30条。", 1),
    ("发布信息(含转载）30条。", 1),
    ("(一)主动公开", 1),
    ("工作已经完成.下一步将继续。", 1),
    ("工作已经完成.", 1),
    ('落实"双公示"制度。', 1),
    ("发布《关于印发<办法>的通知》。", 1),
    ("通过<微信>发布。", 1),
    ("增长5%,高于上年。", 1),
    ("2025年,我镇发布信息30条,解读2条。", 2),
    ("“应公开、尽公开”,不留死角。", 1),
    ("国办发(2021年)30号", 1),
]

FULL_WIDTH = [
    "发布信息1,234条。",
    "8:30至17:30开放。",
    "比例为3:2。",
    "1.更新不够及时",
    "2. 解读形式单一",
    "网址：http://www.example.gov.cn/xxgk/?id=1,2",
    "网址：www.example.gov.cn，可以查阅。",
    "邮箱：office@example.gov.cn，工作日回复。",
    "开发手机客户端(APP)并试运行。",
    "采用PDF,Word两种格式。",
    "发布《关于印发〈办法〉的通知》。",
    "增长<5%的项目也予以公开。",
    "当x<y时不公开。",
    "投入1.25万元。",
    "版本号V2.0。",
    "（1）主动公开；（2）依申请公开。",
    "数据为0.5%、1.5%。",
    "使用“账号密码+手机验证码”双重验证。",
    "电话0597-4632003。",
    "2022.01.05发布。",
]


@pytest.mark.parametrize(("words", "count"), HALF_WIDTH)
def test_half_width_marks_are_found(words, count):
    assert len(half_width(words)) == count


@pytest.mark.parametrize("words", FULL_WIDTH)
def test_what_has_to_be_half_width_is_left_alone(words):
    assert half_width(words) == []


def test_a_text_gets_one_hint_with_the_first_passages_and_the_number():
    report = replace(reports.zero(), texts={"overview": "好的。\n甲类,乙类,丙类,丁类,戊类。"})
    (one,) = punctuation_is_full_width(load_edition("2021").rule["S7"], reports.reading(report))
    assert one.severity is Severity.HINT
    assert "总体情况 第2段" in one.message
    assert "等4处" in one.message
