import pytest
import reports
from excel import engine
from excel.sheets_openpyxl import OpenpyxlBackend
from excel.test_buttons import written, type_in, table, said
from nianbao.demo import sample

def test_x(window, tmp_path):
    book = engine.open_book(OpenpyxlBackend(written(tmp_path / "永平镇 & 2022.xlsx", sample().report)))
    import time
    t=time.time()
    print(window.press("check", book), time.time()-t)
    print(book.app.impl.alerts, book.impl.backend.selection())
    for e in window.driver.get_log("browser"): print(e)
    assert 0
