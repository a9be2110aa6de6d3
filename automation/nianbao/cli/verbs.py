"""The verbs and their options, as the user types them. What they do is in actions.py."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass, field

from nianbao import __version__
from nianbao.cli.parser import PROGRAM, Parser

Options = tuple[tuple[tuple[str, ...], dict[str, object]], ...]

_EDITION: tuple[tuple[str, ...], dict[str, object]] = (
    ("--edition",),
    {"default": "", "metavar": "格式", "help": "格式版本（见 nianbao editions），或格式文件 .toml；默认按文件中写明的"},
)
_FILES: tuple[tuple[str, ...], dict[str, object]] = (
    ("files",),
    {"nargs": "+", "metavar": "文件", "help": "填报表 .xlsx、年报数据 .json 或公开的年报，可以有多个"},
)
_LAST: tuple[tuple[str, ...], dict[str, object]] = (
    ("--last-year",),
    {"default": "", "metavar": "文件", "help": "上年的填报表、年报数据或公开的年报；默认用“上年数据”表"},
)
_REASONS: tuple[tuple[str, ...], dict[str, object]] = (
    ("--reasons",),
    {"default": "", "metavar": "文件", "help": "说明文件 .json，与填报表中写的说明一并使用"},
)
_TO: tuple[tuple[str, ...], dict[str, object]] = (
    ("--to",),
    {
        "default": "docx",
        "metavar": "格式",
        "help": "生成什么，逗号隔开：docx、html、csv、json、pdf、pdfa、svg、png（默认 docx）",
    },
)
_SITE: tuple[tuple[str, ...], dict[str, object]] = (
    ("--site",),
    {"default": "", "metavar": "文件", "help": "站点设置 .toml：网站名称、栏目、发布时间等，写进网页的标签"},
)
_PAGE: tuple[tuple[str, ...], dict[str, object]] = (
    ("--page-template",),
    {"default": "", "metavar": "模板", "help": "用自己的网页模板 .html（template new 可新建一份）"},
)
_REGISTER: tuple[tuple[str, ...], dict[str, object]] = (
    ("--register",),
    {"default": "", "metavar": "台账", "help": "申请台账 .xlsx 或 .csv，与表三逐格核对；默认用填报表中的“申请台账”"},
)
_MAPPING: tuple[tuple[str, ...], dict[str, object]] = (
    ("--mapping",),
    {"default": "", "metavar": "对应表", "help": "本单位台账的栏目、类型、结果的叫法，.toml"},
)
_NOTICE: tuple[tuple[str, ...], dict[str, object]] = (
    ("--notice",),
    {"default": "", "metavar": "通知", "help": "当地通知的要求，.toml：写明的数字、篇幅、期限等，作核实或提示"},
)
_FORMAT: tuple[tuple[str, ...], dict[str, object]] = (
    ("--format",),
    {"choices": ("text", "json"), "default": "text", "help": "输出文字（默认）或 JSON"},
)

_COUNTY: Options = (
    (("--roster",), {"default": "", "metavar": "名册", "help": "名册 .xlsx；没有名册就不能核对是否收齐"}),
    (("--year",), {"type": int, "default": None, "metavar": "年度", "help": "报告年度；不写的，按名册"}),
    (("--county",), {"default": "", "metavar": "县名", "help": "县（市、区）的名称；不写的，按名册"}),
    (
        ("--last-year",),
        {"default": "", "metavar": "文件", "help": "上年全县的年报，用于核对结转"},
    ),
    (("--workers",), {"type": int, "default": 0, "metavar": "个数", "help": "同时用几个进程，默认与处理器核数相同"}),
    _EDITION,
)


@dataclass(frozen=True)
class Verb:
    """One verb: what it does in a sentence, an example, its options."""

    name: str
    summary: str
    example: str
    options: Options = field(default=())


VERBS = (
    Verb(
        "demo",
        "用内置的真实样例（永平镇2022年）走一遍：填报表、校验、Word 报告、网页。",
        "nianbao demo -o 样例",
        (
            (("-o", "--output"), {"default": "nianbao-demo", "metavar": "文件夹", "help": "结果放在哪个文件夹"}),
            (("--county",), {"action": "store_true", "help": "改为演示一个虚构的县：17个乡镇等，含各种差错"}),
        ),
    ),
    Verb(
        "new",
        "新建标准填报表（Excel）：一个单位一份，或按名册每个单位一份。",
        "nianbao new --body 永平镇人民政府 --year 2025 -o 永平镇2025.xlsx",
        (
            (("--body",), {"default": "", "metavar": "单位", "help": "单位全称"}),
            (("--roster",), {"default": "", "metavar": "名册", "help": "按名册给每个单位建一份（与 --body 二选一）"}),
            (("--year",), {"type": int, "default": None, "metavar": "年度",
                         "help": "报告年度，四位数字；修复时不用写"}),
            (("--edition",), {"default": "", "metavar": "格式", "help": "格式版本；默认按年度选用，修复时默认照原表"}),
            (("--repair",), {"default": "", "metavar": "文件",
                             "help": "修复：把读不出的填报表（改了表名、增删行列等）的内容转到新表，转不了的列出来"}),
            (("--from",), {"dest": "last", "default": "", "metavar": "文件",
                           "help": "上年的填报表、年报数据或公开的年报：带入上年数据和单位信息；"
                                   "不写 --year 的，与 --repair 相同"}),
            (("--last-year",), {"default": "", "metavar": "文件夹",
                                "help": "与 --roster 合用：上年各单位的填报表、数据或公开的年报所在的文件夹"}),
            (("--register",), {"default": "", "metavar": "台账", "help": "按申请台账算出表三，填进新的填报表"}),
            _MAPPING,
            (("--with-register",), {"action": "store_true", "help": "填报表中附一张空白的“申请台账”"}),
            (("--notice",), {"default": "", "metavar": "通知",
                             "help": "当地通知的要求，.toml：写在填报表里，填写时看得到"}),
            (("-o", "--output"), {"required": True, "metavar": "文件", "help": "新填报表的文件名；按名册时是文件夹"}),
        ),
    ),
    Verb(
        "check",
        "校验填报表或年报数据，逐条说明问题在哪一格、怎样改。",
        "nianbao check 永平镇2025.xlsx",
        (
            _FILES,
            _EDITION,
            _LAST,
            _REASONS,
            _REGISTER,
            _MAPPING,
            _NOTICE,
            (("--annotate",), {"default": "", "metavar": "文件", "help": "另存一份标出问题的填报表，可在其中写说明"}),
            (("--write-reasons",), {"default": "", "metavar": "文件", "help": "另存一份待填写的说明文件 .json"}),
            (("--explain",), {"action": "store_true", "help": "每个问题都写出规则和依据，不按规则归并"}),
            _FORMAT,
        ),
    ),
    Verb(
        "make",
        "校验后生成 Word 报告；有强制性问题时不生成，除非加 --draft 生成草稿。",
        "nianbao make 永平镇2025.xlsx -o 报告",
        (
            _FILES,
            (("-o", "--output"), {"required": True, "metavar": "文件夹", "help": "报告放在哪个文件夹"}),
            _TO,
            _SITE,
            _PAGE,
            (("--check-sheet",), {"action": "store_true", "help": "另生成一页校核单（Word），供填报、审核、领导签字"}),
            (("--draft",), {"action": "store_true", "help": "有问题也生成，文件中标明是草稿"}),
            (("--template",), {"default": "", "metavar": "模板", "help": "用自己的 Word 模板 .docx，先检查它"}),
            (("--engine",), {"choices": ("auto", "docxtpl"), "default": "auto",
                             "help": "填写模板的办法：auto（默认，快）或 docxtpl（每份重新编译模板，供对照）"}),
            _EDITION,
            _LAST,
            _REASONS,
            _REGISTER,
            _MAPPING,
            _NOTICE,
        ),
    ),
    Verb(
        "read",
        "读出已公开的年报（Word、网页、PDF、文字）：存为填报表，或输出年报数据。",
        "nianbao read 永平镇2022年报.docx -o 永平镇2022.xlsx",
        (
            (("file",), {"metavar": "文件", "help": "已公开的年报：.docx、.html、.pdf、.txt"}),
            (("-o", "--output"), {"default": "", "metavar": "文件", "help": "存为填报表，.xlsx；不写则只列出情况"}),
            (("--figures",), {"action": "store_true", "help": "列出正文里的每个数字，以及程序把它理解成什么"}),
            _EDITION,
            _FORMAT,
        ),
    ),
    Verb(
        "verify",
        "核对做好的年报（Word、PDF、网页）与填报表：逐个数字、逐段文字比较，指出改过的地方；Word 文档还核对版式。",
        "nianbao verify 年报.docx 永平镇2025.xlsx",
        (
            (("report",), {"metavar": "报告", "help": "做好后可能改过的年报：.docx、.pdf、网页"}),
            (("file",), {"metavar": "文件", "help": "填报表 .xlsx 或年报数据 .json"}),
            (("--template",), {"default": "", "metavar": "模板", "help": "版式与自己的 Word 模板比，默认与程序的比"}),
            _EDITION,
            _FORMAT,
        ),
    ),
    Verb(
        "serve",
        "打开年报台：在浏览器里点选完成新建、核对、生成等，不用记命令；只在本机使用，不用时自己结束。",
        "nianbao serve",
        (
            (("--no-open",), {"action": "store_true", "help": "不打开浏览器，只给出网址"}),
            (("--end",), {"action": "store_true", "help": "结束已经打开的年报台"}),
        ),
    ),
    Verb(
        "register",
        "申请台账：new 新建空白台账，check 逐行检查并算出表三。",
        "nianbao register check 台账.xlsx --year 2025",
        (
            (("action",), {"choices": ("new", "check"), "metavar": "做什么", "help": "new 或 check"}),
            (("file",), {"nargs": "?", "default": "", "metavar": "台账",
                         "help": "要检查的台账 .xlsx 或 .csv，或带“申请台账”的填报表"}),
            (("-o", "--output"), {"default": "", "metavar": "文件", "help": "new 写到哪里，.xlsx"}),
            (("--year",), {"type": int, "default": None, "metavar": "年度",
                           "help": "按哪一年度计算；默认取收到最多的年度"}),
            (("--edition",), {"default": "", "metavar": "格式", "help": "格式版本；默认按年度选用"}),
            _MAPPING,
            _FORMAT,
        ),
    ),
    Verb(
        "roster",
        "新建一份名册（Excel），列出本县报送年报的单位。",
        "nianbao roster -o 名册.xlsx",
        (
            (("-o", "--output"), {"required": True, "metavar": "文件", "help": "新名册的文件名，.xlsx"}),
            (("--year",), {"type": int, "default": 2025, "metavar": "年度", "help": "报告年度，用于示例中的期限"}),
        ),
    ),
    Verb(
        "batch",
        "全县一次办完：找出收到的填报表，核对名册，校验，生成报告、标出问题的填报表、退回单和汇总；中断后再运行会接着做。",
        "nianbao batch 收到的填报表 --roster 名册.xlsx -o 结果",
        (
            (("folder",), {"metavar": "文件夹", "help": "收到的填报表所在的文件夹（含子文件夹、.zip、.eml 和 .msg）"}),
            (("-o", "--output"), {"required": True, "metavar": "文件夹", "help": "结果放在哪个文件夹"}),
            *_COUNTY,
            _NOTICE,
            _TO,
            _SITE,
            _PAGE,
            (("--earlier",), {"action": "append", "default": [], "metavar": "文件夹",
                              "help": "以前年度 batch 的结果文件夹，列入总览页的历年数据和网页专栏；可以写几次"}),
            (("--assign",), {"action": "append", "default": [], "metavar": "文件=单位",
                             "help": "指明来件是哪个单位的，以后沿用；单位可写“不采用”，空着的取消；可以写几次"}),
            (("--dask",), {"default": "", "metavar": "地址", "help": "在 Dask 集群上运行，如 tcp://10.0.0.1:8786"}),
            _FORMAT,
        ),
    ),
    Verb(
        "rollup",
        "汇总全县：乡镇合计、县直部门合计、全县；缺报或有错的单位逐一列出。",
        "nianbao rollup 收到的填报表 --roster 名册.xlsx -o 全县.xlsx",
        (
            (("folders",), {"nargs": "+", "metavar": "文件夹", "help": "收到的填报表所在的文件夹，可以有多个"}),
            (("-o", "--output"), {"required": True, "metavar": "文件", "help": "全县填报表的文件名；明细写在它旁边"}),
            *_COUNTY,
            (("--results",), {"default": "", "metavar": "文件夹",
                              "help": "batch 的结果文件夹：来件的归属按其中指明的办；不写的，找办过同一批来件的"}),
            (("--partial",), {"action": "store_true", "help": "没有收齐也生成汇总表，标明“不完整”"}),
        ),
    ),
    Verb(
        "addin",
        "Excel（--wps：WPS）加载项：build 生成文件，install 为本用户安装，remove 删除，doctor 检查按钮为什么不能用。",
        "nianbao addin install",
        (
            (("action",), {"choices": ("build", "install", "remove", "doctor"), "metavar": "做什么",
                           "help": "build、install、remove 或 doctor"}),
            (("--wps",), {"action": "store_true", "help": "WPS 表格的加载项（Windows、Linux），不是 Excel 的"}),
            (("-o", "--output"), {"default": "", "metavar": "文件", "help": "build 写到哪里，默认 nianbao.xlam"}),
            (("--python",), {"default": "", "metavar": "程序", "help": "加载项启动的 Python；默认是现在这一个"}),
        ),
    ),
    Verb(
        "template",
        "自己的 Word 模板：new 新建一份，check 检查改过的模板，逐处说明哪里错了、怎样改。",
        "nianbao template check 我们的模板.docx",
        (
            (("action",), {"choices": ("check", "new"), "metavar": "做什么", "help": "check 或 new"}),
            (("file",), {"nargs": "?", "default": "", "metavar": "模板", "help": "check 要检查的模板，.docx"}),
            (("--edition",), {"default": "", "metavar": "格式",
                              "help": "格式版本，或格式文件 .toml；check 默认按模板的内容认，new 默认现行的格式"}),
            (("-o", "--output"), {"default": "", "metavar": "文件", "help": "new 写到哪里：.docx，网页模板用 .html"}),
            (("--annotate",), {"default": "", "metavar": "文件", "help": "check 另存一份用批注标出问题的模板"}),
            _FORMAT,
        ),
    ),
    Verb(
        "editions",
        "列出可用的格式版本及其依据；check 检查自己写的格式文件，逐处说明第几行错在哪里、怎样改。",
        "nianbao editions check 本县格式.toml",
        (
            (("action",), {"nargs": "?", "choices": ("check",), "default": None, "metavar": "做什么",
                           "help": "check；不写则列出格式版本"}),
            (("file",), {"nargs": "?", "default": "", "metavar": "格式文件", "help": "check 要检查的格式文件，.toml"}),
            _FORMAT,
        ),
    ),
    Verb(
        "rules",
        "列出校验规则；给出编号时说明这一条：查什么、为什么、例子、怎样改、依据。",
        "nianbao rules A1",
        (
            (("rule",), {"nargs": "?", "default": "", "metavar": "编号", "help": "规则编号，如 A1"}),
            (("--edition",), {"default": "", "metavar": "格式", "help": "哪个格式版本的规则，默认现行的格式"}),
            _FORMAT,
        ),
    ),
)  # fmt: skip


def parser(verbs: Iterable[Verb] = VERBS) -> Parser:
    """Return the parser of the whole command line, or of some verbs alone."""
    root = Parser(
        prog=PROGRAM,
        description="政府信息公开工作年度报告：从 Excel 填报表到核对无误的 Word 报告。",
        example="nianbao demo",
    )
    root.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}", help="显示版本")
    known = root.add_subparsers(title="命令", dest="verb", metavar="命令", required=True, parser_class=Parser)
    for verb in verbs:
        sub = known.add_parser(
            verb.name, help=verb.summary, description=verb.summary, example=verb.example.replace("nianbao", PROGRAM, 1)
        )
        for flags, settings in verb.options:
            sub.add_argument(*flags, **settings)  # type: ignore[arg-type]
    return root


def parse(arguments: list[str]) -> argparse.Namespace:
    """Return the typed command's options. Raises UsageError."""
    typed = [verb for verb in VERBS if verb.name in arguments[:1]]
    return parser(typed or VERBS).parse_args(arguments)
