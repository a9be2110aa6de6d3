"""The slowest files that the limits let through: of every reader the largest of each kind of content.

Nothing is damaged here; each file is as large in one way as its reader's limit allows.
"""

from fuzzing.worst import documents, pages, words, workbooks
from fuzzing.worst.packing import Cases

CASES: Cases = {**workbooks.CASES, **documents.CASES, **pages.CASES, **words.CASES}
