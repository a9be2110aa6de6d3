"""An archive of many files is written one after another, each as it comes."""

import io
import os
import time
import zipfile

from nianbao.ooxml import zips

LONG_AGO = (2025, 3, 4, 5, 6, 8)


def test_files_keep_their_time_and_what_was_just_made_has_now(tmp_path):
    page = tmp_path / "页.html"
    page.write_bytes(b"<p>1</p>" * 1000)
    at = time.mktime((*LONG_AGO, 0, 0, -1))
    os.utime(page, (at, at))
    out = io.BytesIO()
    before = time.localtime()[:6]
    zips.pour(out, iter([("网页/页.html", page), ("表.xlsx", b"x" * 5000)]))
    with zips.opened(out) as made:
        kept, fresh = made.infolist()
        assert [made.read(i) for i in (kept, fresh)] == [page.read_bytes(), b"x" * 5000]
    assert (kept.filename, kept.date_time, kept.compress_type) == ("网页/页.html", LONG_AGO, zipfile.ZIP_DEFLATED)
    assert (fresh.filename, fresh.compress_type) == ("表.xlsx", zipfile.ZIP_STORED)
    assert (*before[:5], before[5] // 2 * 2) <= fresh.date_time <= time.localtime()[:6]
