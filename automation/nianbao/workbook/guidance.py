"""What a county's notice asks, where it is typed: the line above a text, and the whole of it for 填报说明."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.dates import printed
from nianbao.form import Text
from nianbao.notice import Notice
from nianbao.workbook import heights
from nianbao.workbook.texts import PARAGRAPH_WIDTH

HIGHEST = 400.0
"""Points of a row that Excel still shows whole, with something to spare."""

_SHOWN = 8
_SHORTEST = 60
_ELSEWHERE = "……其余见“填报说明”。"


def note(text: Text, notice: Notice | None) -> str:
    """Return the line above a text: the form's prompt, and below it what the notice asks of it."""
    asked = notice.of_text(text.id) if notice else ()
    if not notice or not asked:
        return text.prompt
    return f"{text.prompt}\n{_cut(f'当地通知（{notice.number}）要求：' + '；'.join(asked) + '。', text.prompt)}"


def _cut(asked: str, prompt: str) -> str:
    """Shorten what no row could show."""
    while heights.height_of(f"{prompt}\n{asked}", PARAGRAPH_WIDTH, 9.5) > HIGHEST and len(asked) > _SHORTEST:
        asked = asked.removesuffix(_ELSEWHERE)[:-20] + _ELSEWHERE
    return asked


def _words(words: tuple[str, ...]) -> str:
    shown = words[:_SHOWN]
    return "、".join(shown) + (f"等{len(words)}种" if len(words) > len(shown) else "")


def lines(texts: tuple[Text, ...], notice: Notice) -> Iterator[str]:
    """Yield the notice for 填报说明: what it is, then every ask with the words it is known by."""
    issued = f"{notice.basis}，{printed(notice.day)}印发"
    yield f"{issued}，用于{notice.year}年度报告。下列要求由程序核对，类别是核实或提示。"
    if notice.deadline:
        yield f"期限：成文日期不晚于{printed(notice.deadline.day)}。"
    for text in texts:
        for kind, asks in (("写明数字", notice.numbers), ("写到", notice.phrases)):
            for ask in (a for a in asks if a.text == text.id):
                yield f"{text.label}：{kind}“{ask.name}”（字样：{_words(ask.words)}）。"
        for one in (x for x in notice.lengths if x.text == text.id):
            yield f"{text.label}：不超过{one.most}字，空白不计。"
