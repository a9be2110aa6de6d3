"""The meta tags 政府网站发展指引 (国办发〔2017〕47号, annex 2) asks of a page, and the settings file of the site.

What only the site knows comes from its settings; what neither they nor the report say is left out, never invented.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from nianbao import given, toml
from nianbao.errors import InputError
from nianbao.report import Report

MAX_SETTINGS = 100_000

SITE = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE = ("ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description", "Image", "Url")

_ON_A_PAGE = (*SITE, "ColumnName", "ColumnType", *ARTICLE)
"""What a content page carries; the other column tags belong on the column's own page."""

REQUIRED: Mapping[str, str] = {
    "SiteName": "网站名称",
    "SiteDomain": "网站域名",
    "SiteIDCode": "网站标识码",
    "ColumnName": "栏目名称",
    "ColumnType": "栏目类别",
    "PubDate": "发布时间",
}
"""What the annex requires of a content page and a report never knows, with the annex's words."""

_SETTABLE = (*SITE, *COLUMN, *(x for x in ARTICLE if x != "ArticleTitle"))
_TIME = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")


def meta_tags(title: str, kind: str, report: Report, site: Mapping[str, str]) -> dict[str, str]:
    """Return the tags of a report's page in the order of the annex; those nobody knows are left out.

    `kind` is what such reports are called.
    """
    year = f"{report.year}年" if report.year else ""
    known = {
        "ArticleTitle": title,
        "ContentSource": report.name,
        "Keywords": ",".join(x for x in (report.name, year, kind) if x),
        **site,
    }
    return {name: known[name] for name in _ON_A_PAGE if known.get(name)}


def column_tags(site: Mapping[str, str]) -> dict[str, str]:
    """Return the tags of the column's own page, as far as the settings give them."""
    return {name: site[name] for name in (*SITE, *COLUMN) if site.get(name)}


def missing(site: Mapping[str, str]) -> tuple[str, ...]:
    """Return, in Chinese, the required tags that the settings do not give."""
    return tuple(f"{word}（{name}）" for name, word in REQUIRED.items() if not site.get(name))


def read_site(path: Path, *, many: bool = False) -> dict[str, str]:
    """Return the tags a settings file (TOML) gives; an empty one counts as not given.

    `many` says that they are for the pages of several reports, which can't have one address. Raises InputError naming
    every fault.
    """
    data = _toml(path)
    faults: list[str] = []
    found: dict[str, str] = {}
    for name, raw in data.items():
        if name not in _SETTABLE:
            faults.append(_unknown(name))
            continue
        value = _text(raw)
        if value is None:
            faults.append(f"{name} 应是引号里的一行文字")
        elif value:
            wrong = _CHECKS[name](value) if name in _CHECKS else ""
            if many and name == "Url":
                wrong = "是一页的网址，几个单位的网页不能都用它，请删去这一行"
            if wrong:
                faults.append(f"{name} {wrong}，不能是“{value[:40]}”")
            found[name] = value
    if faults:
        raise InputError(f"站点设置“{path.name}”有 {len(faults)} 处要改：{'；'.join(faults)}")
    return found


def _toml(path: Path) -> dict[str, object]:
    try:
        data = given.named(path, MAX_SETTINGS, "站点设置", f"“{path.name}”太大，不像站点设置")
        return toml.parsed(toml.decoded(data))
    except UnicodeDecodeError as e:
        raise InputError(f"站点设置“{path.name}”不是 UTF-8 编码，请用 UTF-8 另存一次") from e
    except ValueError as e:
        line = re.search(r"line (\d+)", str(e))
        where = f"第{line[1]}行" if line else "某一行"
        raise InputError(
            f'站点设置“{path.name}”{where}写法不对，应写成：SiteName = "网站名称"（引号和等号用半角）'
        ) from e


def _unknown(name: str) -> str:
    if name == "ArticleTitle":
        return "ArticleTitle 不用写，取报告的标题"
    near = get_close_matches(name, _SETTABLE, 1)
    return f"不认识“{name[:40]}”" + (f"，是不是 {near[0]}？" if near else f"，可以写的有 {'、'.join(_SETTABLE)}")


def _text(raw: object) -> str | None:
    """Return a setting as one line, a date typed without quotes as the annex writes it; None when it is neither."""
    if isinstance(raw, datetime):
        return raw.strftime("%Y-%m-%d %H:%M")
    if isinstance(raw, date):
        return raw.isoformat()
    if not isinstance(raw, str) or any(ord(c) < 32 or ord(c) == 127 for c in raw):
        return None
    return raw.strip()


def _time(value: str) -> str:
    wrong = "应写成 2026-01-20 09:00"
    if not _TIME.fullmatch(value):
        return wrong
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return wrong
    return ""


def _matches(pattern: str, told: str) -> Callable[[str], str]:
    return lambda value: "" if re.fullmatch(pattern, value) else told


_CHECKS: Mapping[str, Callable[[str], str]] = {
    "PubDate": _time,
    "SiteIDCode": _matches(r"\d{10}|bm\d{8}", "应是10位的政府网站标识码"),
    "SiteDomain": _matches(r"[^\s/:<>\"]+\.[^\s/:<>\"]+", "应是网站域名，如 www.example.gov.cn，不带 http://"),
    "Url": _matches(r"https?://[^\s<>\"]+", "应是 http:// 或 https:// 开头的网址"),
    "Image": _matches(r"(https?://)?[^\s<>\":]+", "应是图片的网址"),
}
