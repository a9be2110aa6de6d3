"""Words left over from a blank, a model or another body's report (S5)."""

from __future__ import annotations

from nianbao.checks.wording import ownership
from nianbao.checks.wording.text_lines import HAN, Hit, TypedParagraph, at_hits, hits, lines_of, quotes, text_ids
from nianbao.findings import Finding, Severity
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading

_LATIN = r"A-Za-z0-9./@_\-"
_COUNTED = "镇乡县市区局村街年月日件条次篇个份"
_SOME = (
    r"[镇乡](?![长里间亲村土干])|局(?![部长域面势限])|街道|办事处|县(?![直城长级域])|"
    r"区(?![域间块段长])|市(?![民场面区长值级])"
)
PLACEHOLDER = Pattern(
    "|".join(
        (
            r"[（(](?:具体网址|网址|单位名称|示例|样例|略|(?:文字描述|请?填写|此处)[^（）()\n]{0,40})[）)]",
            rf"(?<![{_LATIN}])[XxＸｘ×╳]{{2,}}(?![{_LATIN}])",
            rf"(?<![{_LATIN}])[XxＸ×](?=[{_COUNTED}])",
            rf"某某(?=[{_COUNTED}委办]|单位|部门|网站|平台)",
            rf"(?<!某)某(?={_SOME})",
            r"\{\{|\}\}|\{%|%\}|\{[^{}\n]{0,20}\}",
            r"【[\s_]*】|【(?:填|请|此处|单位|名称|数字|待)[^】\n]{0,30}】",
            rf"(?<![{_LATIN}])_{{2,}}|＿{{2,}}|[（(][ \u3000]*[）)]|[?？]{{3,}}|(?<![?？])\?\?(?![?？])",
            rf"(?<=[{HAN}])_(?=[{_COUNTED}])",
            r"(?:此处|请在此|在此)(?:填写|插入|输入|省略|补充)|点击(?:此处|这里)(?:输入|编辑|添加)",
            r"(?<![有亟尚])待(?:补充|填写?)(?=[。；，）\]】]|$)",
            rf"^(?:[{HAN}]{{1,6}})?[省市县区旗](?:人民)?政府(?:办公室)?[：:](?=$|根据|按照|依据|现将)",
            r"&(?:nbsp|lt|gt|amp|quot|ldquo|rdquo);|</?(?:br|p|span|div|td|tr|font|strong)\b[^>\n]*>",
        )
    )
)
"""What blanks, models and web pages leave behind. 某些 and 某市民 are ordinary words; xxgk stands in addresses."""

_CANDIDATE = Pattern(
    r"[XxＸｘ×╳某{}【_＿&<%?？（(此在这待府室](?:(?<=[XxＸｘ×╳某{}【_＿&<])|(?<=%)\}|(?<=[?？])[?？]"
    r"|(?<=[（(])(?:[ \u3000）)]|具体|网址|单位|示例|样例|略|文字|请|填|此)|(?<=此)处|(?<=在)此|(?<=这)里|(?<=待)[补填]"
    r"|(?<=政府)[：:]|(?<=政府办公室)[：:])"
)
"""Cheaply tells the lines that may hold any of these."""

_FILLED_IN = Pattern(rf"[{HAN}](?<![第条])（\d{{1,7}}）(?=[条件篇份次]|人次)")
"""Brackets of a blank around the figure that was filled in: 发布信息（236）条."""


def nothing_is_left_over(rule: Rule, reading: Reading) -> list[Finding]:
    """S5: one finding per text for placeholders, and those of `ownership` for words of another body."""
    found = []
    for text in text_ids(reading):
        lines = list(lines_of(reading, text))
        left = [h for line in lines if _CANDIDATE.search(line.words) for h in _left(line, reading.report.name)]
        if left:
            found.append(at_hits(rule, reading, text, left, "还留着没有填写或没有替换的文字：{}"))
        filled = [h for line in lines if "）" in line.words for h in hits(line, _FILLED_IN)]
        if filled:
            what = "数字外面还留着填空的括号：{}"
            found.append(at_hits(rule, reading, text, filled, what, severity=Severity.HINT))
        found += ownership.foreign_words(rule, reading, text, lines)
    return found


def _left(line: TypedParagraph, name: str) -> list[Hit]:
    """Return the placeholders of a line; a body that is itself called 某 (an example's) may say so."""
    spans = [m.span() for m in PLACEHOLDER.finditer(line.words) if m[0] != "某" or "某" not in name]
    return quotes(line, spans)
