"""情况一览.xlsx: every file in it once, and what the officer types beside one holds as if said with --assign."""

from openpyxl import load_workbook

from county import towns
from county.test_cases import LISTED, TOWNS, all_of, deliver, form, run, statuses
from nianbao.county.model import Member, Status

BOOK = "情况一览.xlsx"
FILES = "收到的文件"
LIKE = {"seat": "本单位", "phone": "0597-1234567"}


def opened(folder):
    return load_workbook(folder / "结果" / BOOK)


def lines(folder, sheet=FILES):
    """The rows below the heads, each as what its columns say."""
    rows = list(opened(folder)[sheet].iter_rows(min_row=3, values_only=True))
    return [dict(zip(rows[0], (v or "" for v in row), strict=True)) for row in rows[1:]]


def typed(folder, said, sheet=FILES):
    """Type into 归属 beside files, as Excel saves it."""
    book = opened(folder)
    rows = list(book[sheet].iter_rows(min_row=3))
    at = {c.value: c.column for c in rows[0]}
    for row in rows[1:]:
        if row[0].value in said:
            row[at["归属"] - 1].value = said[row[0].value]
    book.save(folder / "结果" / BOOK)


def test_every_file_stands_in_the_overview_once_what_is_to_be_settled_first(tmp_path):
    deliver(tmp_path, {**all_of(TOWNS[0], TOWNS[1]), "a.xlsx": form(TOWNS[1], name="永坪镇人民政府", **LIKE),
                       "图.jpg": b"x", "十方镇改.xlsx": form(TOWNS[2], figures=1)})  # fmt: skip
    run(tmp_path)
    told = lines(tmp_path)
    assert [x["文件"] for x in told] == [
        "a.xlsx",
        "十方镇.xlsx",
        "十方镇改.xlsx",
        "县政府办.xlsx",
        "图.jpg",
        "教育局.xlsx",
    ]
    assert [x["情况"] for x in told] == ["待确认", "重复", "重复", "采用", "其他文件", "采用"]
    assert told[0]["单位"] == "可能是永平镇人民政府"
    assert "“永坪镇人民政府”不在名册上" in told[0]["说明"]
    bodies = lines(tmp_path, "各单位")
    assert [x["情况"] for x in bodies] == ["缺", "待确认", "重复", "完成", "完成"]
    assert [x["联系电话"] for x in bodies] == [m.phone for m in LISTED]
    page = (tmp_path / "结果" / "总览.html").read_text(encoding="utf-8")
    assert "“归属”一栏写明，保存后再汇总一次" in page


def test_what_is_typed_beside_a_file_settles_it_for_this_and_the_next_runs(tmp_path):
    deliver(tmp_path, {**all_of(TOWNS[1]), "a.xlsx": form(TOWNS[1], name="永坪镇人民政府", **LIKE)})
    assert statuses(run(tmp_path)[1])["永平镇"] is Status.ASKED
    typed(tmp_path, {"a.xlsx": "永平镇"})
    _, desk = run(tmp_path)
    assert desk.bodies[1].sources[0].path == "a.xlsx"
    assert desk.totals[-1].determined
    assert next(x["归属"] for x in lines(tmp_path) if x["文件"] == "a.xlsx") == "永平镇人民政府"
    assert [p.name for p in (tmp_path / "结果").glob("情况一览*")] == [BOOK]
    assert (tmp_path / "结果" / "以前的结果" / BOOK).exists()  # as it was typed
    assert run(tmp_path)[1] == desk  # nothing is typed any more, and it holds
    typed(tmp_path, {"a.xlsx": "不采用"})
    assert statuses(run(tmp_path)[1])["永平镇"] is Status.MISSING
    typed(tmp_path, {"a.xlsx": None})
    assert statuses(run(tmp_path)[1])["永平镇"] is Status.ASKED


def test_of_two_different_forms_the_one_beside_which_the_body_is_typed_counts(tmp_path):
    deliver(tmp_path, {**all_of(), "永平镇改.xlsx": form(TOWNS[1], figures=1)})
    assert statuses(run(tmp_path)[1])["永平镇"] is Status.DOUBLED
    typed(tmp_path, {"永平镇改.xlsx": "永平镇人民政府"})
    code, desk = run(tmp_path)
    assert (code, desk.bodies[1].sources[0].path) == (0, "永平镇改.xlsx")


def test_what_is_no_bodys_name_is_told_stays_typed_and_settles_nothing(tmp_path, capsys):
    deliver(tmp_path, {**all_of(TOWNS[1]), "a.xlsx": form(TOWNS[1], name="永坪镇人民政府", **LIKE)})
    run(tmp_path)
    typed(tmp_path, {"a.xlsx": "永坪"})
    for _ in range(2):  # until it is mended
        capsys.readouterr()
        code, desk = run(tmp_path)
        (found,) = [f for f in desk.findings if f.where.startswith(BOOK)]
        assert (code, statuses(desk)["永平镇"], found.blocks) == (1, Status.ASKED, True)
        assert "第4行“a.xlsx”" in found.where
        assert "名册上没有“永坪”" in found.what
        assert next(x["归属"] for x in lines(tmp_path)) == "永坪"
    typed(tmp_path, {"a.xlsx": "永平镇"})
    assert not [f for f in run(tmp_path)[1].findings if f.where.startswith(BOOK)]


def test_a_name_of_several_bodies_is_not_guessed(tmp_path):
    listed = [*LISTED, Member("青溪县永平镇人民政府", "永平镇", "town", county="青溪县")]
    deliver(tmp_path, {"a.xlsx": form(TOWNS[1], county="")}, listed)
    run(tmp_path)
    typed(tmp_path, {"a.xlsx": "永平镇"})
    _, desk = run(tmp_path)
    (found,) = [f for f in desk.findings if f.where.startswith(BOOK)]
    assert "有 2 个单位都可能是“永平镇”" in found.what


def test_words_about_the_same_content_that_differ_are_not_taken(tmp_path):
    one = form(TOWNS[1], name="无名镇人民政府", **LIKE)
    deliver(tmp_path, {**all_of(TOWNS[1]), "a.xlsx": one, "b.xlsx": one})
    run(tmp_path)
    typed(tmp_path, {"a.xlsx": "永平镇", "b.xlsx": "十方镇"})
    code, desk = run(tmp_path)
    assert code == 1
    (found,) = [f for f in desk.findings if f.where.startswith(BOOK)]
    assert "归属却写得不同（“永平镇”、“十方镇”）" in found.what


def test_a_word_about_a_file_that_has_changed_is_told_and_not_taken(tmp_path):
    deliver(tmp_path, {**all_of(TOWNS[1]), "a.xlsx": form(TOWNS[1], name="永坪镇人民政府", **LIKE)})
    run(tmp_path)
    typed(tmp_path, {"a.xlsx": "永平镇"})
    deliver(tmp_path, {"a.xlsx": form(TOWNS[1], name="永坪镇人民政府", figures=2, **LIKE)})
    _, desk = run(tmp_path)
    (found,) = [f for f in desk.findings if f.where.startswith(BOOK)]
    assert (found.blocks, statuses(desk)["永平镇"]) == (False, Status.ASKED)


def test_a_row_without_its_mark_is_known_by_the_files_place(tmp_path):
    deliver(tmp_path, {**all_of(TOWNS[1]), "a_x.xlsx": form(TOWNS[1], name="永坪镇人民政府", **LIKE)})
    run(tmp_path)
    book = opened(tmp_path)
    book[FILES].delete_cols(6, 2)
    book.save(tmp_path / "结果" / BOOK)
    typed(tmp_path, {"a_x.xlsx": "永平镇"})
    assert run(tmp_path)[1].bodies[1].sources[0].path == "a_x.xlsx"


def test_an_overview_that_cant_be_read_is_told_and_put_aside(tmp_path):
    deliver(tmp_path, all_of())
    run(tmp_path)
    (tmp_path / "结果" / BOOK).write_bytes(b"PK\x03\x04 nothing")
    code, desk = run(tmp_path)
    assert code == 1
    assert any("其中写的归属没有采用" in f.what for f in desk.findings)
    assert (tmp_path / "结果" / BOOK).read_bytes() != b"PK\x03\x04 nothing"
    assert run(tmp_path)[0] == 0


def test_without_a_roster_there_is_no_column_to_type_in(tmp_path):
    deliver(tmp_path, {"永平镇.xlsx": form(TOWNS[1])})
    run(tmp_path, roster=False)
    assert "归属" not in lines(tmp_path)[0]


def test_the_overview_holds_names_as_text_and_is_the_same_each_time(tmp_path):
    deliver(tmp_path, {"=1+1.jpg": b"x"})
    run(tmp_path)
    first = towns.clockless(tmp_path / "结果" / BOOK)
    cell = opened(tmp_path)[FILES]["A4"]
    assert (cell.value, cell.data_type) == ("=1+1.jpg", "s")
    run(tmp_path)
    assert towns.clockless(tmp_path / "结果" / BOOK) == first


def added(folder, *more):
    """The exit code of a rollup of the same deliveries, and whether it made the county's form."""
    code = towns.run("rollup", folder / "收到", "--roster", folder / "名册.xlsx", "-o", folder / "全县.xlsx",
                     "--workers", 1, *more)  # fmt: skip
    whole, detail = folder / "全县.xlsx", folder / "全县明细.xlsx"
    made = whole.exists()
    whole.unlink(missing_ok=True)
    detail.unlink()
    return code, made


def test_what_was_settled_for_batch_holds_for_rollup_over_the_same_files(tmp_path, capsys):
    deliver(tmp_path, {**all_of(), "永平镇改.xlsx": form(TOWNS[1], figures=1)})
    assert added(tmp_path) == (1, False)
    assert "没有找到指明过归属的结果文件夹" in capsys.readouterr().out
    assert run(tmp_path)[0] == 1
    assert added(tmp_path) == (1, False)
    typed(tmp_path, {"永平镇改.xlsx": "永平镇人民政府"})
    assert added(tmp_path) == (0, True)  # before any batch has taken it from the overview
    assert "里指明的办：1 份" in capsys.readouterr().out
    before = towns.produced(tmp_path / "结果")
    assert run(tmp_path)[0] == 0
    assert added(tmp_path) == (0, True)
    assert before.keys() != towns.produced(tmp_path / "结果").keys()
    assert towns.run("rollup", tmp_path / "收到", "-o", tmp_path / "全县.xlsx", "--workers", 1) == 1  # no roster


def test_a_result_folder_elsewhere_is_named_and_one_that_is_none_is_refused(tmp_path, capsys):
    deliver(tmp_path, {**all_of(), "永平镇改.xlsx": form(TOWNS[1], figures=1)})
    run(tmp_path, "--assign", "永平镇改.xlsx=永平镇")
    (tmp_path / "别处" / "里面").mkdir(parents=True)
    (tmp_path / "结果").rename(tmp_path / "别处" / "里面" / "结果")
    assert added(tmp_path) == (1, False)
    assert added(tmp_path, "--results", tmp_path / "别处" / "里面" / "结果") == (0, True)
    capsys.readouterr()
    wrong = ("rollup", tmp_path / "收到", "--roster", tmp_path / "名册.xlsx", "-o", tmp_path / "全县.xlsx")
    assert towns.run(*wrong, "--results", tmp_path / "收到") == 2
    assert "不是 batch 的结果文件夹" in capsys.readouterr().err


def test_result_folders_that_settle_a_file_differently_are_told(tmp_path, capsys):
    deliver(tmp_path, {**all_of(), "永平镇改.xlsx": form(TOWNS[1], figures=1)})
    run(tmp_path, "--assign", "永平镇改.xlsx=永平镇")
    (tmp_path / "结果").rename(tmp_path / "结果甲")
    run(tmp_path, "--assign", "永平镇改.xlsx=不采用")
    wrong = ("rollup", tmp_path / "收到", "--roster", tmp_path / "名册.xlsx", "-o", tmp_path / "全县.xlsx")
    assert towns.run(*wrong, "--workers", 1) == 2
    assert "请用 --results 写明按哪一个" in capsys.readouterr().err
    assert added(tmp_path, "--results", tmp_path / "结果") == (0, True)
