"""The largest files of words: Report JSON, reasons, editions, settings, page templates."""

import json

import reports
from fuzzing import seeds
from fuzzing.worst.packing import Cases, Make
from nianbao import report
from nianbao.form import edition_file as editions
from nianbao.publish.page import fill


def _long(piece: str) -> Make:
    def made() -> bytes:
        one = report.to_json(reports.zero())
        texts = one["texts"]
        for key in texts:
            texts[key] = (piece * report.MAX_TEXT)[: report.MAX_TEXT - 1]
        return json.dumps(one, ensure_ascii=False).encode()

    return made


JSONS = {
    "figures": _long("共收到申请12件，其中自然人3件，"),
    "sentences": _long("本年新收政府信息公开申请12件，同比增长20%。"),
    "one digit": _long("1"),
    "numerals": _long("一百二十"),
    "brackets": _long("（"),
    "quotes": _long("《"),
    "lines": _long("（一）不够及时\n"),
    "dates": _long("2025年12月31日，"),
    "laws": _long("根据《中华人民共和国政府信息公开条例》第五十条，"),
    "list marks": _long("1.、"),
    "blanks": _long("字 "),
    "letters": _long("a"),
    "addresses": _long("www.a.gov.cn/"),
    "telephones": _long("0597-4632003，"),
    "numbers of identity": _long("35082419900101001X "),
    "commas": _long("，"),
    "percentages": _long("占比12.5%，其中"),
    "unknown keys": lambda: json.dumps({
        **report.to_json(reports.zero()), "values": {f"k{i}": 1 for i in range(500_000)}
    }).encode(),
}  # fmt: skip


def _page_template(piece: str) -> Make:
    def made() -> bytes:
        whole = next(iter(seeds._page_templates())).decode()
        times = (fill.MAX_BYTES - len(whole.encode()) - 10) // len(piece.encode())
        if "{" in piece:
            times = min(times, (fill.MAX_BRACES - whole.count("{")) // piece.count("{"))
        return whole.replace("</body>", piece * times + "</body>").encode()

    return made


PAGE_TEMPLATES = {
    "tags": _page_template("{{ body.name }}"),
    "wrong tags": _page_template("{{ x }}"),
    "open tags": _page_template("{% if 1 %}"),
    "braces": _page_template("{{"),
    "paragraphs": _page_template("<p>年</p>"),
    "words": _page_template("年"),
}


def _edition(piece: str) -> Make:
    def made() -> bytes:
        whole = list(seeds._editions())[-1].decode()
        return (
            whole
            + "".join(
                piece.replace("#", str(i))
                for i in range((editions.MAX_BYTES - len(whole.encode()) - 10) // (len(piece.encode()) + 5))
            )
        ).encode()

    return made


EDITIONS = {
    "rules": _edition('\n[[rule]]\nid = "Z#"\ntitle = "x"\n'),
    "tables": _edition('\n[[table]]\nid = "t#"\n'),
    "keys": _edition("\n[a#]\n"),
    "sections": _edition('\n[[section]]\nid = "s#"\ntitle = "一、x"\n'),
    "dotted keys": lambda: b"a." * (editions.MAX_BYTES // 2 - 10) + b"a = 1\n",
    "variant": lambda: (
        seeds.VARIANT.read_bytes()
        + b"".join(b'\n[[change]]\nid = "c%d"\n' % i for i in range(editions.MAX_BYTES // 35))
    ),
    "list": lambda: b"a = [" + b"1," * (editions.MAX_BYTES // 2 - 20) + b"]\n",
    "text": lambda: b'a = """' + b"x\n" * (editions.MAX_BYTES // 2 - 20) + b'"""\n',
}


CASES: Cases = {
    **{f"json: {n}": ("json", b) for n, b in JSONS.items()},
    **{f"page: {n}": ("page", b) for n, b in PAGE_TEMPLATES.items()},
    **{f"edition: {n}": ("edition", b) for n, b in EDITIONS.items()},
    "reasons: many": ("reasons", lambda: json.dumps([
        {"fingerprint": f"A{i}:0123456789ab:ba9876543210", "rule": "A1", "reason": "系统迁移，数字以档案为准"}
        for i in range(50_000)
    ], ensure_ascii=False).encode()),
    "reasons: long": ("reasons", lambda: json.dumps([
        {"fingerprint": f"A{i}:0123456789ab:ba9876543210", "rule": "A1", "reason": "数字" * 45_000} for i in range(20)
    ], ensure_ascii=False).encode()),
    "mapping: values": ("mapping", lambda: "未办结 = [".encode() + b"'x'," * 49_000 + b"]\n"),
    "site: values": ("site", lambda: seeds.SITE.encode() + b"".join(b"k%d = 1\n" % i for i in range(9_000))),
}  # fmt: skip
