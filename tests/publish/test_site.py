"""The site's settings become the meta tags of the page; what nobody said is left out, and each fault is named."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from nianbao.errors import InputError
from nianbao.publish import site
from nianbao.publish.page import PAGE
from publish import samples

SAMPLE = Path(__file__).parents[2] / "docs" / "site.toml"
SETTINGS = """
SiteName = "示例县人民政府"
SiteDomain = "www.example.gov.cn"
SiteIDCode = "3508240001"
ColumnName = "政府信息公开年报"
ColumnType = "政府信息公开"
PubDate = 2026-01-20 09:00:00
Author = ""
Url = "https://www.example.gov.cn/zwgk/1.html"
"""


def written(folder, text):
    path = folder / "站点.toml"
    path.write_text(text, encoding="utf-8")
    return path


def tags(page):
    named = [m for m in html.fromstring(page).iter("meta") if m.get("name") not in (None, "viewport")]
    return {m.get("name"): m.get("content") for m in named}


def test_without_settings_the_page_has_only_the_tags_the_report_itself_knows():
    told = tags(samples.made(samples.full())[PAGE])
    assert told == {
        "ArticleTitle": "示例镇人民政府2025年政府信息公开工作年度报告",
        "ContentSource": "示例镇人民政府",
        "Keywords": "示例镇人民政府,2025年,政府信息公开工作年度报告",
    }


def test_the_settings_give_the_other_tags_in_the_order_of_the_annex(tmp_path):
    told = tags(samples.made(samples.full(), site=site.read_site(written(tmp_path, SETTINGS)))[PAGE])
    assert list(told) == [
        "SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnType", "ArticleTitle", "PubDate", "ContentSource",
        "Keywords", "Url",
    ]  # fmt: skip
    assert told["PubDate"] == "2026-01-20 09:00"
    assert told["SiteIDCode"] == "3508240001"


def test_the_settings_win_over_what_the_report_knows_and_markup_in_them_stays_words(tmp_path):
    text = "ContentSource = '\"><script>alert(1)</script>'\nKeywords = '年报'"
    page = samples.made(samples.full(), site=site.read_site(written(tmp_path, text)))[PAGE]
    assert tags(page)["ContentSource"] == '"><script>alert(1)</script>'
    assert tags(page)["Keywords"] == "年报"
    assert not list(html.fromstring(page).iter("script"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('SiteNam = "甲"', "不认识“SiteNam”，是不是 SiteName？"),
        ('网站名称 = "甲"', "第1行写法不对"),
        ("SiteName = “甲”", "第1行写法不对"),
        ('PubDate = "2026年1月20日"', "PubDate 应写成 2026-01-20"),
        ('PubDate = "2026-02-30 09:00"', "PubDate 应写成 2026-01-20 09:00"),
        ('PubDate = "2026-01-20"', "PubDate 应写成 2026-01-20 09:00"),
        ("PubDate = 2026-01-20", "PubDate 应写成 2026-01-20 09:00"),
        ('SiteIDCode = "123"', "SiteIDCode 应是10位"),
        ("SiteIDCode = 3508240001", "SiteIDCode 应是引号里的一行文字"),
        ('SiteDomain = "https://www.example.gov.cn"', "不带 http://"),
        ('Url = "javascript:alert(1)"', "Url 应是 http://"),
        ('Image = "javascript:alert(1)"', "Image 应是"),
        ('ArticleTitle = "甲"', "ArticleTitle 不用写"),
        ('SiteName = "甲\\n乙"', "一行文字"),
        ('[SiteName]\nx = "y"', "一行文字"),
    ],
)
def test_a_fault_in_the_settings_is_named_with_how_to_write_it(tmp_path, text, said):
    with pytest.raises(InputError) as e:
        site.read_site(written(tmp_path, text))
    assert said in str(e.value)


def test_all_faults_are_named_at_once(tmp_path):
    with pytest.raises(InputError, match="有 2 处要改"):
        site.read_site(written(tmp_path, 'SiteNam = "甲"\nSiteIDCode = "1"'))


def test_settings_that_are_missing_or_not_text_are_named(tmp_path):
    with pytest.raises(InputError, match="找不到"):
        site.read_site(tmp_path / "没有.toml")
    with pytest.raises(InputError, match=r"站点设置“.*”打不开（"):
        site.read_site(tmp_path)
    path = tmp_path / "gbk.toml"
    path.write_bytes('SiteName = "县政府"'.encode("gbk"))
    with pytest.raises(InputError, match="UTF-8"):
        site.read_site(path)


def test_the_sample_settings_in_the_docs_are_read_and_invent_nothing():
    told = site.read_site(SAMPLE)
    assert set(told) == {"SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription", "ColumnKeywords",
                         "ColumnType"}  # fmt: skip
    assert set(site.column_tags(told)) == set(told)


def test_the_required_tags_that_are_still_lacking_are_told():
    assert site.missing(site.read_site(SAMPLE)) == ("发布时间（PubDate）",)
    assert len(site.missing({})) == 6


def test_a_report_without_name_and_year_has_no_empty_tags():
    report = replace(samples.full(), body={}, year=None)
    assert all(v for v in site.meta_tags("标题", "年报", report, {}).values())
    assert "ContentSource" not in site.meta_tags("标题", "年报", report, {})
