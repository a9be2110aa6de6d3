"""Settings of the site: Sphinx with MyST and Furo. Nothing is fetched when it is built or when it is read."""

import re
from typing import Any, ClassVar

from sphinx.search import SearchLanguage

project = "nianbao"
author = ""
copyright = ""  # noqa: A001 - the name Sphinx asks for
language = "zh_CN"
extensions = ["myst_parser"]
root_doc = "docs/README"
myst_heading_anchors = 3
myst_links_external_new_tab = False
# the mapping of a register has Chinese keys without quotes, which the program reads and the colouring does not
suppress_warnings = ["misc.highlighting_failure"]
html_theme = "furo"
html_title = "nianbao 年报"
html_show_sphinx = False
html_show_copyright = False
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {"footer_icons": []}
html_static_path = ["docs/theme"]
html_css_files = ["site.css"]
FACE = "'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
html_theme_options["light_css_variables"] = {"font-stack": FACE}
html_theme_options["dark_css_variables"] = {"font-stack": FACE}


class Pairs(SearchLanguage):
    """Chinese without a dictionary: every two neighbouring characters are a word, in the index and in the query."""

    lang = "zh"
    language_name = "Chinese"
    js_stemmer_code = "var Stemmer = function() { this.stemWord = (word) => word; };"
    stopwords: ClassVar[set[str]] = set()
    js_splitter_code = """
var splitQuery = (query) => {
  const found = [];
  for (const run of query.match(/[\\u4e00-\\u9fff]+|[A-Za-z0-9_]+/g) || []) {
    if (run.length < 3 || run.charCodeAt(0) < 0x4e00) found.push(run);
    else for (let i = 0; i + 2 <= run.length; i++) found.push(run.slice(i, i + 2));
  }
  return found;
};
"""
    _runs = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9_]+")

    def split(self, input: str) -> list[str]:  # noqa: A002 - the name Sphinx gives it
        """Return the words of a text."""
        words: list[str] = []
        for run in self._runs.findall(input):
            if len(run) < 3 or run[0] < "\u4e00":
                words.append(run)
            else:
                words += [run[i : i + 2] for i in range(len(run) - 1)]
        return words

    def word_filter(self, word: str) -> bool:
        """Tell whether a word is worth an entry: one character is not, unless it is in the text alone."""
        return len(word) > 1

    def stem(self, word: str) -> str:
        """Return the word as it is looked up."""
        return word.lower()


def setup(app: Any) -> dict[str, bool]:
    """Register the way words are found."""
    app.add_search_language(Pairs)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
