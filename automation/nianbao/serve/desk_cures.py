"""What cures name, as the desk's user finds it: a page or a field on one, not a verb or an option of the command line.

Those who tell the cures know only the command line; what they say passes here before it is shown.
"""

from __future__ import annotations

import re

from nianbao.county.model import AGAIN

PHRASES = (
    (r"如果是当地的格式，请用“--edition 格式文件.toml”指明", "当地自己的格式，请管理员办理"),
    (r"，请用 --edition 写明用哪个格式", ""),
    (r"用 --edition 指明", "请管理员办理"),
    (r"（--edition）", ""),
    (r"用命令的，也可以写 --year (\d+)", r"也可以在“报告年度”一栏写 \1"),
    (
        r"要修复它，请不写 --year；它是上年的，请用 --from",
        "要修复它，请不写“报告年度”；它是上年的，请放在“新建填报表”的“上年年报”里",
    ),
    (r"请不写 --body", "请不写“单位全称”"),
    (f"，{AGAIN}", "，再放进“情况一览”重做"),
    (r"（--roster）", ""),
    (r"“nianbao roster -o 名册.xlsx”新建一份", "“收表与汇总”里的“新建名册”新建一份"),
    (r"写 nianbao editions 列出的编号", "写程序自带格式的编号，例如 2021"),
    (r"用“填报表修复”（nianbao new --repair）", "到“修复填报表”"),
    (r"用“nianbao new”生成一份标准填报表", "到“新建填报表”建一份标准填报表"),
    (r"用(?=“nianbao (?:new|check|read|template)\b)", "到"),
    (r"用 --partial 生成标明“不完整”的汇总表", "选“没有收齐也汇总”，得到标明“不完整”的汇总表"),
    (r"用 nianbao rollup 的结果生成", "用“收表与汇总”的结果生成"),
    (r"重新运行 nianbao batch", "在“收表与汇总”重新做一次"),
    (r"用 --mapping 提供对应表", "一并放进“对应表”"),
    (r"用 --mapping 说明", "在“对应表”里说明"),
    (r"用 --notice 提供", "一并放进“当地通知”"),
    (r"加上 --template 再核对", "一并放进“自己的模板”再核对"),
    (r"用 --(county|year|body) 写明", lambda m: f"在{_field(m)}一栏写明"),
    (r"请用 --edition 写明同一个格式文件", "请管理员办理"),
    (r"（--earlier）", ""),
    (r"，或者去掉 --dask", ""),
)
"""Sentences that read better whole, before the words for themselves."""

VERBS = {
    "new --repair": "修复填报表", "new --roster": "收表与汇总", "new": "新建填报表", "check": "核对与生成",
    "make": "核对与生成", "read": "读已公开年报", "verify": "核对成稿", "register": "申请台账",
    "template": "模板检查", "batch": "收表与汇总", "rollup": "收表与汇总", "roster": "收表与汇总",
}  # fmt: skip
"""The page on which a verb's work is done."""

OPTIONS = {
    "body": "单位全称", "county": "县（市、区）名称", "year": "报告年度", "draft": "生成草稿", "from": "上年年报",
    "last": "上年年报", "last-year": "上年年报", "register": "申请台账", "mapping": "对应表", "notice": "当地通知",
    "template": "自己的模板", "roster": "名册", "assign": "情况一览", "results": "情况一览",
    "partial": "没有收齐也汇总", "repair": "修复填报表",
}  # fmt: skip
"""The field in which an option's word is typed, or its file dropped."""

_VERB = re.compile(
    rf"“?\bnianbao ({'|'.join(sorted(VERBS, key=len, reverse=True))})\b"
    r"(?: (?:new|check|-[-a-z]+|[\w.]+\.xlsx))*”?"
)
_OPTION = re.compile(rf"(?<![\w-])--({'|'.join(OPTIONS)})(?![\w.-])")


def on_pages(text: str) -> str:
    """Return what is told with pages and fields in place of verbs and options.

    Only those that are known: whatever else looks like one is of a file's name, or typed.
    """
    if "--" not in text and "nianbao " not in text:
        return text
    for pattern, told in PHRASES:
        text = re.sub(pattern, told, text)
    return _OPTION.sub(_field, _VERB.sub(_page, text))


def _page(verb: re.Match[str]) -> str:
    return f"“{VERBS[verb[1]]}”"


def _field(option: re.Match[str]) -> str:
    return f"“{OPTIONS[option[1]]}”"


def of_page(html: str) -> str:
    """Return a page that others made, told in the same way; its scripts and styles stay as they are, and its tags."""
    parts = re.split(r"(<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>)", html, flags=re.DOTALL)
    return "".join(p if i % 2 else on_pages(p) for i, p in enumerate(parts))
