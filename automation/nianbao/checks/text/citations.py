"""N8: the legal basis cited, by number, by title, and whether title and number belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nianbao.checks.rule_findings import text_finding
from nianbao.checks.text.clauses import sentences
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading

TRIAL_UNTIL = 2020
"""The last report year of the trial form (国办公开办函〔2019〕60号)."""

_OPEN, _CLOSE = "[〔\\[［【（]", "[〕\\]］】）]"
_NEW, _OLD = "国办公开办函〔2021〕30号", "国办公开办函〔2019〕60号"


def _number(issuer: str, year: int | str, number: int | str) -> str:
    return f"{issuer}{_OPEN}{year}年?{_CLOSE}年?第?{number}号"


_ANY_LETTERS = "国办[\u4e00-\u9fff]{0,5}"
_WRONG_LETTERS = "国办(?!公开办函)[\u4e00-\u9fff]{0,5}"
_TRIAL_TITLE = "(?:年度报告)?格式》?（试行）|格式（试行|（试行）》?的?格式|年度报告（试行）|格式试行"
_TRIAL_NOTICE = "关于政府信息公开工作年度报告有关事项的通知"
_FORM_TITLE = "年度报告格式[〉》]{0,2}(?:的通知)?》?"
_OLD_LAW = (
    "(?:国务院|国)令第?492号|国务院第492号令",
    "国务院令第492号是修订前的条例，现行条例是国令第711号",
)
_LAW_OF_2007 = (
    "(?:根据|依据|依照|按照)[^。；]{0,24}信息公开条例》?（?(?:2007年|2008年5月1日|自2008年)"
    "|(?:根据|依据|依照|按照)[^。；，]{0,8}(?:2007年|2008年5月1日)[^。；]{0,20}信息公开条例",
    "2007年公布、2008年施行的是修订前的条例，现行条例2019年修订（国令第711号）",
)
_WRONG_NUMBER = (
    (
        f"(?:过半|国半|国版|过办|国)公开办函{_OPEN}20[0-9]{{2}}年?{_CLOSE}第?[0-9]{{1,3}}号"
        f"|(?<!国办)公开办函{_OPEN}20[0-9]{{2}}年?{_CLOSE}第?[36]0号",
        "发文字号的代字不对，应为国办公开办函",
    ),
    (
        "(?:国务院|国)令第?711(?!号)[\u4e00-\u9fff]|(?:(?<=信息公开条例》（)|(?<=信息公开条例（))(?:国务院|国)令第?(?!711|492)[0-9]{3}号",
        "现行条例是国令第711号",
    ),
    (_number(_ANY_LETTERS, "(?!2021)20[0-9]{2}", 30), "年份不对，2021年版格式的文号是国办公开办函〔2021〕30号"),
    (
        f"{_number('国办公开办函', 2021, '(?!30号)[0-9]{1,3}')}(?=[^。；]{{0,12}}(?:编制|格式|要求))",
        "2021年版格式的文号是国办公开办函〔2021〕30号",
    ),
    (_number(_ANY_LETTERS, "(?!2019)20[0-9]{2}", 60), "年份不对，试行格式的文号是国办公开办函〔2019〕60号"),
)
_WRONG_NOW = (
    (_number(_ANY_LETTERS, 2019, 60), "〔2019〕60号是试行格式的文号，自2021年度起已不适用"),
    (_TRIAL_TITLE, "《…年度报告格式（试行）》自2021年度起已由正式格式代替"),
    (_number(_ANY_LETTERS, 2019, 51), "现行格式的文号不是〔2019〕51号"),
    (_number(_WRONG_LETTERS, 2021, 30), "发文字号的代字不对，现行格式是国办公开办函"),
    *_WRONG_NUMBER,
    _OLD_LAW,
    _LAW_OF_2007,
)
_WRONG_THEN = (
    (_number(_ANY_LETTERS, 2021, 30), "国办公开办函〔2021〕30号自2021年度起适用"),
    (_number(_ANY_LETTERS, 2019, 51), "试行格式的文号不是〔2019〕51号"),
    (_number(_WRONG_LETTERS, 2019, 60), "发文字号的代字不对，试行格式是国办公开办函"),
    *_WRONG_NUMBER,
    _OLD_LAW,
    _LAW_OF_2007,
)
_NOW = tuple((Pattern(p), why) for p, why in _WRONG_NOW)
_THEN = tuple((Pattern(p), why) for p, why in _WRONG_THEN)
_NOTICE = Pattern(f"(?P<issuer>[^。；，]{{0,24}}){_TRIAL_NOTICE}》?(?:（(?P<number>[^（）]{{0,20}}号)）)?")
_SAID_BEFORE = Pattern("根据|按照|依据|依照|落实|印发的?|执行")
_LOCAL = Pattern("[省市县区州旗盟镇乡局委]")
_TITLE_AND_NUMBER = Pattern(f"{_FORM_TITLE}（(?P<number>国办[^（）]{{0,20}}号)")
_OF_THE_LAW = Pattern("令第?[0-9]|信息公开条例")
_CUE = Pattern("国办|公开办函|国令|国务院|格式|试行|有关事项的通知|条例")
_RIGHT_NOW, _RIGHT_THEN = Pattern(_number("国办公开办函", 2021, 30)), Pattern(_number("国办公开办函", 2019, 60))


def basis_is_the_editions(rule: Rule, reading: Reading) -> list[Finding]:
    """N8: the form cited is the one in force for the report year."""
    year = reading.report.year or reading.edition.from_year
    trial = year <= TRIAL_UNTIL
    found = []
    for sentence in sentences(reading):
        if not _CUE.search(sentence.clean):
            continue
        for cited, why in _apart(_faults(sentence.clean, trial=trial)):
            what = f"正文引用“{cited}”，{why}"
            how = f"核对依据，本年度的年度报告格式是{_OLD if trial else _NEW}"
            at = (sentence.text, sentence.paragraph)
            found.append(text_finding(rule, reading, *at, what, how=how, evidence=(cited,)))
    return found


def _apart(faults: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keep the first fault in citing the law and the first in citing the form."""
    kept: dict[bool, tuple[str, str]] = {}
    for cited, why in faults:
        kept.setdefault(bool(_OF_THE_LAW.search(cited)), (cited, why))
    return list(kept.values())


def _faults(words: str, *, trial: bool) -> Iterator[tuple[str, str]]:
    """Yield what is cited wrongly and why; where the law of 2019 is named beside that of 2007, its history is told."""
    for pattern, why in _THEN if trial else _NOW:
        match = pattern.search(words)
        if match and not ("711号" in words and ("492" in match[0] or "条例" in match[0])):
            yield match[0], why
    if not trial:
        yield from _notice_of_2019(words)
    right = _RIGHT_THEN if trial else _RIGHT_NOW
    match = _TITLE_AND_NUMBER.search(words)
    if match and not right.search(match["number"]):
        yield match[0], f"名称是年度报告格式，文号“{match['number']}”却不是它的"


def _notice_of_2019(words: str) -> Iterator[tuple[str, str]]:
    """Yield the notice of 2019 cited by its title; a local notice so called has a local issuer or number."""
    match = _NOTICE.search(words)
    if match is None:
        return
    issuer = _SAID_BEFORE.split(match["issuer"])[-1]
    if "国务院" not in issuer and "国办" not in issuer and _LOCAL.search(issuer):
        return
    number = match["number"] or ""
    if number and "国办" not in number:
        return
    title = f"《{_TRIAL_NOTICE}》"
    if _RIGHT_NOW.search(number):
        yield f"{title}（{number}）", "名称是2019年印发试行格式的通知，文号是2021年的，两者对不上"
    else:
        yield title, "这是2019年印发试行格式的通知，自2021年度起已不适用"
