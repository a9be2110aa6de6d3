"""The verb `demo`: the main job on the embedded sample, each step said."""

from __future__ import annotations

from pathlib import Path

from nianbao import pipeline, workbook
from nianbao.cli import show
from nianbao.cli.parser import PROGRAM
from nianbao.dates import today
from nianbao.demo import sample
from nianbao.files import write_result


def run(folder: Path) -> int:
    """Write workbook, Word report and data into `folder`; return the exit code."""
    reading = sample()
    report = reading.report
    filled = folder / f"{report.name}{report.year}年填报表.xlsx"
    kept = [write_result(filled, workbook.build(reading.edition, report))]
    print(f"1. 填报表（已按永平镇公开的2022年真实年报填好）：{filled}")
    checked = pipeline.check_file(filled, today=today())
    print("2. 校验：")
    print(show.findings(checked.findings))
    print(show.verdicts(checked.findings, checked.verdicts))
    made = pipeline.make(checked, folder, ("docx", "html", "json"))
    kept += made.kept
    for before, written in zip(("3. Word 报告", "   网页", "   网页正文片段", "   年报数据"), made.files, strict=True):
        print(f"{before}：{written}")
    for file in kept:
        if file:
            print(f"   原来的同名文件另存为：{file}")
    print("试一试：在填报表里改错一个数，保存后输入下面的命令，看程序怎样指出来。")
    print(f'   {PROGRAM} check "{filled}"')
    return 1 if checked.blocks else 0
