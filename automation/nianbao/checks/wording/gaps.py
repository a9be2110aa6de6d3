"""Words and figures that are missing from a text (S9): a number left out, a date or a document number damaged."""

from __future__ import annotations

from nianbao.checks.wording.text_lines import Hit, TypedParagraph, at_hits, hits, lines_of, text_ids
from nianbao.findings import Finding, Severity
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading

_STOP = r"(?=[，。；、）]|$)"
_END = r"(?=[，。；]|$)"
_UNIT = r"(?:(?<![信来案邮稿文急要事附配办转部条])件|(?<![头信])条|篇|(?<![身月股省年县])份|(?<!卷)宗)"
_NO_FIGURE = "[^，。；、0-9一二三四五六七八九十两百千零〇]"
_DOC = r"(?:行政)?规范性文件"
_SUM = r"(?<!公)(?:共|共计|合计|总计|累计)"
_AFTER_ONE = r"(?<=[0-9][件份个][，、；])"
MISSING_NUMBER = Pattern(
    "|".join(
        (
            # 制发2件，废止1件，现行有效的规范性文件。
            rf"{_AFTER_ONE}(?:截[至止][^，。；]{{0,10}})?(?:现行|继续)有效的?(?:{_DOC})?(?:共|共计|为)?(?:件{_STOP}|(?=[。；]|$))",
            rf"{_AFTER_ONE}(?:废止|失效|制发|新制定)(?:{_DOC})?件?{_END}",
            # 全年发布信息条，
            rf"(?:发布|公开|更新|推送|转载|报送)[^，。；、0-9]{{0,10}}(?:信息|文章|文件|动态)(?:共|共计)?[条篇]{_STOP}",
            rf"{_SUM}(?:收到|受理|办结|答复|接到|办理|承办){_NO_FIGURE}{{0,14}}{_UNIT}{_STOP}",
            rf"(?:新收|收到|受理){_NO_FIGURE}{{0,12}}件[，；、]{_NO_FIGURE}{{0,6}}(?:办结|答复|结转){_NO_FIGURE}{{0,8}}件{_END}",
            rf"收到(?:政府信息公开|信息公开|公开)?申请件{_STOP}(?!，其中)",
            rf"{_SUM}(?:发生|引发)?(?:行政复议|行政诉讼){_UNIT}{_STOP}",
            rf"{_SUM}[条件篇次份]{_STOP}",
            rf"(?:占比?|增长|下降|上升|增加|减少|达到?)(?:了|为)?[%％]{_STOP}",
            rf"(?:收取|收费|金额|共计|合计)(?:信息处理费|费用)?(?:共|为|共计)?万?元{_STOP}",
            rf"(?:召开|组织|开展|举办)[^，。；、0-9]{{0,10}}(?:会议|培训|讲座|活动|检查|座谈会|发布会)[次场期]{_STOP}",
            rf"(?<!无)(?<!没有)(?<!未)(?:结转|转结)[至到]?(?:下一?年度?|次年|20[0-9]{{2}}年度?)(?:继续)?(?:办理|答复|办结)?件{_STOP}",
            # 共收到件依申请公开78件
            r"(?:收到|受理)件(?=依申请|政府信息|信息公开申请)",
            rf"(?:数量[件条次]|规范性文件件|(?:阅读|访问|浏览|点击)量(?:达|超|为|突破)?万?(?:人次|次)){_STOP}",
        )
    )
)
DAMAGED_DATE = Pattern(
    r"(?<![\d.])(?:19|20)\d{2}(?:1[0-2]|[1-9])月\d{0,2}日?|(?<!\d)20\d{2}年年\d|(?<!\d)20\d{2}年\d{3,4}日|(?<!\d)20\d{6}日"
    r"|(?<=\d)年月(?:日|\d)|年\d{1,2}月日|(?<=[自从至到])年\d{1,2}月|(?<=[年至到])月日(?=[止起至，])"
)
LOST_BRACKETS = Pattern(
    r"(?:国办公开办函|国办发|国办函|国令|政发|政办发|政函|办发|办函)[第?？□]?(?:19|20)\d{2}年?[?？□]?\d{1,3}(?:号|(?=[，。；）)]))"
    r"|[函发][?？□](?:19|20)\d{2}[?？□]\d{1,4}号"
    r"|[函发][〔\[](?:19|20)\d{4,6}(?![\d〕\]])"
    r"|[〔\[](?:19|20)\d{2}[〕\]]号|〔\s*〕\s*\d+号"
)
_EMPTY = Pattern(r"(?:电话|地址|邮编|邮政编码|邮箱|传真|网址)[：:](?=[；;，,。）)])")
_NOTHING_BEHIND = Pattern(r"[：:][；;，,。）)]")
_DATE_CUE = Pattern(
    r"[年月日](?:(?<=\d{5}月)|(?<=\d{8}日)|(?<=年\d{3}日)|(?<=年\d{4}日)|(?<=年年)(?=\d)|(?<=\d年)(?=月)|(?<=[年至到]月)(?=日)"
    r"|(?<=年\d月)(?=日)|(?<=年\d\d月)(?=日)|(?<=[自从至到]年)(?=\d))"
)
"""DAMAGED_DATE, looked for only where one of its three characters stands."""

_CALLED = Pattern(r"(?:每|按|以|逐|各|件件|将|把|对|凡|均为|出生)[^，。；]{0,6}$")
_NUMBER_CUE = Pattern(r"[令函发?？□〔\[〕\]](?:(?:19|20)\d\d|(?<=[〕\]])号|(?<=〔)\s*〕)")
_CUE = Pattern(
    r"[条件篇份宗次场期%％元](?<![0-9余多几数每一二三四五六七八九十两百千零〇文信来案邮稿要急附].)(?=[，。；、）]|$)"
    r"|[到理]件(?=依|政|信)|(?:有效的?|规范性文件|废止|失效|制发|新制定)(?:共|共计|为)?(?=[，。；]|$)"
)
"""Lines without any of these have their figures: most lines are left at once."""


def nothing_is_missing(rule: Rule, reading: Reading) -> list[Finding]:
    """S9: one question per text for numbers and dates that lack something, one hint for document numbers."""
    found = []
    for text in text_ids(reading):
        lines = [_tight(line) for line in lines_of(reading, text)]
        missing = [h for line in lines if _CUE.search(line.words) for h in _missing(line)]
        if missing:
            found.append(at_hits(rule, reading, text, missing, "这里缺了数字：{}"))
        empty = [h for line in lines if _NOTHING_BEHIND.search(line.words) for h in hits(line, _EMPTY)]
        if empty:
            found.append(at_hits(rule, reading, text, empty, "联系方式没有填写：{}"))
        dates = [h for line in lines if _DATE_CUE.search(line.words) for h in _dates(line)]
        if dates:
            found.append(at_hits(rule, reading, text, dates, "日期缺了字或多了字：{}"))
        numbers = [h for line in lines if _NUMBER_CUE.search(line.words) for h in hits(line, LOST_BRACKETS)]
        if numbers:
            what = "文号缺了括号或数字：{}"
            found.append(at_hits(rule, reading, text, numbers, what, severity=Severity.HINT))
    return found


def _tight(line: TypedParagraph) -> TypedParagraph:
    """Take the blanks out of a line: sites and tables leave them around figures."""
    return TypedParagraph(line.text, line.paragraph, "".join(line.words.split()))


def _missing(line: TypedParagraph) -> list[Hit]:
    found = []
    for match in MISSING_NUMBER.finditer(line.words):
        if not _CALLED.search(line.words[max(0, match.start() - 8) : match.start()]):
            begin = max(line.words.rfind(c, 0, match.start()) for c in "，。；") + 1
            found.append(Hit(line.paragraph, f"“{line.words[max(begin, match.start() - 12) : match.end()]}”"))
    return found


def _dates(line: TypedParagraph) -> list[Hit]:
    """Return damaged dates; those of the statistics period are rule N6's."""
    if "统计" in line.words and line.text == "introduction":
        return []
    return hits(line, DAMAGED_DATE)
