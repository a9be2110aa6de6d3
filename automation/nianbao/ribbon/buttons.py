"""What each button of the ribbon does: thin glue between the open workbook and the pipeline.

Only 校验结果 of the open workbook is written (空白填0 and 上年数据 ask, and write what they say). Nothing is saved;
what is made is a new file beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from nianbao import __version__, pipeline
from nianbao.errors import InputError
from nianbao.findings import Finding, classes, explained, tally
from nianbao.pipeline import Checked
from nianbao.ribbon import findings_table, log, open_workbook, output, walk, workbook_folder, zeros
from nianbao.ribbon.book import Book
from nianbao.verdicts import missing

Button = Callable[[Book, str], None]


def check(book: Book, _path: str = "") -> None:
    """校验: fill 校验结果, select the first wrong cell and say what is wrong with it."""
    checked = _checked(book)
    if not checked.findings:
        book.tell(f"校验通过，没有发现问题。{_unjudged(checked)}可以点“生成年报”。")
        return
    first = walk.first(checked.findings)
    walk.show(book, first)
    rest = "" if len(checked.findings) == 1 else "\n\n点“下一个问题”逐个查看；全部问题列在“校验结果”表中。"
    book.tell(f"{_counted(checked)}\n\n{_finding_text(first)}{rest}", wrong=checked.blocks)


def make(book: Book, _path: str = "") -> None:
    """生成年报: check, make the Word report beside the workbook, open it; errors forbid it and are shown."""
    _made(book, "docx", "年报")


def sheet(book: Book, _path: str = "") -> None:
    """校核单: check, make the page that is signed with the report beside the workbook, open it."""
    _made(book, "sheet", "校核单")


def pdf(book: Book, _path: str = "") -> None:
    """PDF: check, make the report as a PDF, or where no program here can, the Word report, and say why."""
    _made(book, "pdf", "PDF ")


def _made(book: Book, what: output.What, word: str) -> None:
    place = output.folder_of(book.fullname)
    checked = _checked(book)
    if checked.has_errors:
        first = walk.first(checked.findings)
        walk.show(book, first)
        book.tell(f"没有生成{word.strip()}：{_counted(checked)}\n\n{_finding_text(first)}", wrong=True)
        return
    book.progress(f"正在生成 {_MADE_AS[what]}……")
    written = output.make(checked, place, what)
    book.progress("")
    counts = tally(checked.findings)
    waiting = "。待说明的，请在“校验结果”表中写明原因" if counts["waiting"] else ""
    said = f"{explained(counts)}{waiting}。" if counts["explain"] else ""
    more = f"\n\n{said}{_unjudged(checked)}" if said or _unjudged(checked) else ""
    begun = f"{written.problem}。\n\nWord 年报" if written.problem else f"{word}已生成"
    told = f"{begun}：{written.path.name}\n在文件夹：{place}\n{written.remark}{more}\n点“确定”后打开。"
    book.tell(told, wrong=bool(written.problem))
    book.open(written.path)


_MADE_AS: Mapping[output.What, str] = {"docx": "Word 年报", "sheet": "Word 校核单", "pdf": "PDF"}


def new(book: Book, _path: str = "") -> None:
    """新建: a blank workbook of the year reported next beside the open one, with its name, facts and last year."""
    from nianbao.ribbon import new_workbook  # noqa: PLC0415 - it draws with openpyxl, which few buttons need

    book.progress("正在新建填报表……")
    begun = new_workbook.begin(book)
    book.progress("")
    body = f"“{begun.name}”的单位信息已经带入，请核对地址、电话等是否有变化。" if begun.name else "单位名称请自己填。"
    last = f"\n{begun.last.year}年的数据放在“上年数据”表中，供核对。{_left_out(begun.unread)}" if begun.last else ""
    told = f"{begun.year}年度的填报表已新建：{begun.path.name}\n在文件夹：{begun.path.parent}\n{body}{last}"
    book.tell(f"{told}\n打开着的这一份没有改动。点“确定”后打开新的。")
    book.open(begun.path)


def _left_out(unread: int) -> str:
    return f"其中 {unread} 个数字读不准，没有带入。" if unread else ""


def following(book: Book, _path: str = "") -> None:
    """下一个问题: check what the workbook says now, go on from the selected cell; nothing is written."""
    checked = open_workbook.check(book)
    stops = walk.stops(checked.findings)
    if not stops:
        book.tell("没有能定位到单元格的问题了。" if checked.findings else "没有问题了，可以点“生成年报”。")
        return
    place, group = walk.after(stops, book.selected)
    walk.show(book, group[0])
    said = "\n\n".join(_finding_text(f) for f in group)
    book.tell(f"第 {place}/{len(stops)} 处\n\n{said}", wrong=any(f.blocks for f in group))


def fill_zeros(book: Book, _path: str = "") -> None:
    """空白填0: ask, then write 0 into the blank inputs."""
    cells = zeros.blanks(book, open_workbook.read(book))
    count = sum(map(len, cells.values()))
    if not count:
        book.tell("没有空白的数字格。")
        return
    named = "、".join(f"{name} {len(spots)} 格" for name, spots in cells.items())
    question = f"有 {count} 个数字格是空白的（{named}）。\n\n确实都没有发生，全部填 0 吗？（不能撤销；已填的不动）"
    if book.ask(question):
        zeros.fill(book, cells)
        book.tell(f"已在 {count} 个空白格里填 0（{named}）。工作簿还没有保存。")


def last_year(book: Book, path: str = "") -> None:
    """上年数据: put last year's file into the sheet 上年数据."""
    reading = open_workbook.read(book)
    read = pipeline.read_other(Path(path), (reading.report.edition,))
    last = read.report
    name, year = last.name or "（单位名称未填）", f"{last.year}年" if last.year else "（年度未填）"
    doubts = _doubts(reading.report.name, reading.report.year, last.name, last.year)
    replaced = "原有的上年数据将被替换。" if reading.last_year else ""
    from nianbao.ribbon import last_year_sheet  # noqa: PLC0415 - it draws with openpyxl, which no other button needs

    figures = f"读到 {len(last.values)} 个数字。{_left_out(len(read.unread))}"
    if book.ask(f"把“{name}”{year}的数据放进“上年数据”表吗？{figures}{replaced}{doubts}"):
        last_year_sheet.write(book, last)
        book.tell(f"已带入“{name}”{year}的数据，校验时将与它核对。工作簿还没有保存。")


def _doubts(name: str, year: int | None, last_name: str, last_year_: int | None) -> str:
    said = f"\n\n注意：本表的单位是“{name}”。" if name and last_name and name != last_name else ""
    if year and last_year_ and last_year_ != year - 1:
        said += f"\n\n注意：本表是{year}年度，上年应是{year - 1}年。"
    return said


def batch(book: Book, path: str = "") -> None:
    """批量生成: every workbook of a folder, one after the other."""
    outcomes = workbook_folder.make_all(Path(path), book.progress)
    book.progress("")
    failed = workbook_folder.failures(outcomes)
    where = f"结果在：{Path(path) / workbook_folder.REPORTS}\n逐份情况见其中的“{workbook_folder.SUMMARY}”。"
    summary = f"{workbook_folder.told(outcomes)}\n{where}"
    book.tell(summary + (f"\n\n没有生成的：\n{failed}" if failed else ""), wrong=bool(failed))


def rollup(book: Book, path: str = "") -> None:
    """汇总: add up the bodies of a folder."""
    from nianbao.ribbon.rollup import add_up_folder  # noqa: PLC0415 - a county's code only where it is wanted

    said = add_up_folder(Path(path), book.progress)
    book.progress("")
    book.tell(said)


HELP = (
    "一、填好黄色的格子，点“校验”。有问题时自动跳到那一格，全部问题列在“校验结果”表中。\n"
    "二、点“下一个问题”逐个改正；确实无误的，在“校验结果”的“说明”一栏写明原因。\n"
    "三、点“生成年报”，Word 年报放在工作簿旁边并打开。\n\n"
    "没有发生的数字填 0，可以用“空白填0”。程序不保存您的工作簿，请自己保存。\n"
    "按钮不能用时（WPS 没有 VBA、杀毒软件拦截），把填报表拖到“校验并生成年报”上，结果一样。"
)


def show_help(book: Book, _path: str = "") -> None:
    """帮助: how to use the buttons."""
    book.tell(HELP)


def about(book: Book, _path: str = "") -> None:
    """关于: version and places."""
    book.tell(
        f"政府信息公开工作年度报告 nianbao {__version__}\n记录文件：{log.place()}\n本程序不联网。",
    )


BUTTONS: Mapping[str, Button] = {
    "check": check,
    "make": make,
    "sheet": sheet,
    "pdf": pdf,
    "next": following,
    "new": new,
    "zeros": fill_zeros,
    "last_year": last_year,
    "batch": batch,
    "rollup": rollup,
    "help": show_help,
    "about": about,
}
"""What the add-in may call, by the name it passes."""

ASKS_FOR = frozenset(("last_year", "batch", "rollup"))
"""The buttons that need a path (`--path=`), which the add-in asks the user for."""


def _checked(book: Book) -> Checked:
    book.progress("正在校验……")
    checked = open_workbook.check(book)
    book.progress("正在写入校验结果……")
    findings_table.write(book, checked)
    book.progress("")
    return checked


def _counted(checked: Checked) -> str:
    said = classes(tally(checked.findings))
    return f"发现 {len(checked.findings)} 处问题（{said}）。{_unjudged(checked)}"


def _unjudged(checked: Checked) -> str:
    why = missing(checked.verdicts)
    return f"有规则没有核对（{why}）。" if why else ""


def _finding_text(found: Finding) -> str:
    settled = f"\n（已写说明：{found.explanation}）" if found.explanation else ""
    return f"【{found.severity.label}】{found.message}{settled}"


def need_path(name: str, path: str) -> None:
    """Raise InputError when a button that needs a path got none."""
    if name in ASKS_FOR and not path:
        raise InputError("没有选择文件或文件夹")
