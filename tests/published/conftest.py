"""What several tests of published reports use."""

import pytest

from nianbao.published import read
from office import SHARED

collect_ignore = [] if (SHARED / "real").exists() else ["test_real_pdf.py"]


@pytest.fixture
def reading(tmp_path):
    """Read a page of these paragraphs and tables."""

    def read_(lines, edition="", name="年报.html", head=""):
        body = "".join(x if x.startswith("<") else f"<p>{x}</p>" for x in lines)
        path = tmp_path / name
        path.write_text(f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>", encoding="utf-8")
        return read(path, edition)

    return read_
