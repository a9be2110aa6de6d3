"""The ribbon's buttons, pressed as the add-in does, in an Excel that is another process, over COM."""

import pytest

pytestmark = pytest.mark.xdist_group("windows")


def test_about_tells_the_version_and_the_logs_place(excel):
    excel.open("甲 & 乙.xlsx")
    done = excel.press("about")
    assert done.code == 0
    (said,) = done.boxes
    assert "nianbao.log" in said
    assert "本程序不联网" in said
