"""Names of applicants in a text (part of P1). Where a surname is also an ordinary word, only clear signs count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.patterns import Pattern

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯程蔡彭潘袁董苏叶吕魏蒋杜丁沈姜范傅钟卢汪戴崔廖姚邱谭韦贾邹"
    "熊孟秦阎薛侯郝孔邵毛顾赖龚尹钱施洪阮柯庄翁饶温华俞葛倪殷聂牛"
)
_ALSO_WORDS = "高何许程温华毛周马"
_COMPOUND = "欧阳|上官|司马|诸葛|司徒|东方|皇甫|尉迟|公孙|令狐"
_HAN = "一-龥"
_SURNAME = f"(?:{_COMPOUND}|[{_SURNAMES}])"
_ACTS = r"(?:不服|提出|提交|要求|申请|向|对|于|在|先后|多次|收到|来|通过|邮寄|就|因|以|的(?:申请|政府信息|诉求)|等\d?)"
_WORDS = Pattern(
    r"陈述|张贴|高度|高效|高兴|何时|何人|何种|何处|许可|许多|程序|温馨|周知|周末|马上|黄页|华侨|林业|林权|谢绝|谢意|罗列|"
    r"高校|高中|高龄|林农|华人|许久|何等|温和|程度|胡乱|郑重|施工|施行|庄重|庄严|殷切|洪水|饶有|严重|马虎|王府|钱款|毛病|洪涝|牛羊|丁点|杜绝|熊猫|侯选|钟情|顾虑|顾问|唐突|陈情|张开|周边|周围|周期|周一|周二|周三|周四|周五|周日"
)
_PLAIN = Pattern(rf"(?<![依被])申请人(?P<name>{_SURNAME}[{_HAN}]{{1,2}}?)(?=[，。；、（(]|{_ACTS})")
_MARKED = Pattern(
    rf"(?<![依被])申请人(?:(?:[:：]|为|系|是|姓名[:：]?|名叫|叫)\s*(?P<colon>{_SURNAME}[{_HAN}]{{1,2}})(?=[，。；、（(\s]|$|{_ACTS})"
    rf"|(?P<masked>{_SURNAME}(?:某某?|[××＊*XxＸ]{{1,2}}))"
    rf"|(?P<title>{_SURNAME}[{_HAN}]{{0,2}}?(?:先生|女士|同志)))"
)


def named_applicants(words: str) -> Iterator[str]:
    """Yield the names given after 申请人; 申请人陈述意见, 申请人何时提出 and the like are no names."""
    if "申请人" not in words:
        return
    taken = set()
    for match in _MARKED.finditer(words):
        taken.add(match.start())
        if not _WORDS.match(match["colon"] or ""):
            yield match["colon"] or match["masked"] or match["title"]
    for match in _PLAIN.finditer(words):
        name = match["name"]
        doubtful = len(name) == 2 and name[0] in _ALSO_WORDS and words[match.end()] not in "，。；、（("
        if match.start() not in taken and not doubtful and not _WORDS.match(name):
            yield name


def is_masked(name: str) -> bool:
    """Tell whether the given name is already left out: 王某某, 李先生."""
    return bool(re.fullmatch(rf"{_SURNAME}(?:某某?|[×＊*XxＸ]+|先生|女士|同志)", name))
