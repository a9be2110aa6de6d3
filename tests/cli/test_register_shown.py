"""What check and register print of a register: 表三 beside what was typed, the fee, what is not counted."""

from dataclasses import replace

import pytest

import reports
from nianbao import workbook
from nianbao.cli import main
from nianbao.form import load_edition
from register import registers

FEES = {"收费通知日期": "2025-4-1", "通知收取金额": "200", "缴费日期": "2025-4-9", "实际收取金额": "150.50"}
ONE = {"requests__received__natural_person": 1, "requests__full_grant__natural_person": 1,
       "requests__received__total": 1, "requests__full_grant__total": 1, "requests__total__natural_person": 1,
       "requests__total__total": 1}  # fmt: skip


@pytest.fixture
def checked(tmp_path, capsys):
    """Check a report against a register of these rows; returns what is printed."""

    def check(report, *rows):
        book = tmp_path / "填报表.xlsx"
        book.write_bytes(workbook.build(load_edition("2021"), report))
        head = registers.one(**rows[0])[0]
        path = registers.write_csv(tmp_path / "台账.csv", [head, *(registers.one(**row)[1] for row in rows)])
        main(["check", str(book), "--register", str(path)])
        return capsys.readouterr().out

    return check


def test_the_fee_typed_stands_before_the_registers_with_its_unit(checked):
    report = reports.changed(reports.zero(), **ONE, fee__processing_fee__notices=1)
    values = {k: v for k, v in report.values.items() if k != "fee.processing_fee.amount_received"}
    out = checked(replace(report, values=values), FEES)
    lines = [line.strip() for line in out.splitlines() if line.strip().startswith("信息处理费")]
    assert lines == [
        "信息处理费 通知收取件数：1 件",
        "信息处理费 通知收取金额：0/200 元",
        "信息处理费 实际收取金额：空/150.5 元",
    ]


def test_equal_tables_are_said_to_agree_unless_a_row_is_not_counted(checked):
    report = reports.changed(reports.zero(), **ONE)
    assert "表三与申请台账一致（计入本年度 1 件）。" in checked(report, {})
    out = checked(report, {}, {"received": "不详"})
    assert "表三与申请台账" not in out
    assert "申请台账 第3行：收到日期读不出是哪一天" in out
