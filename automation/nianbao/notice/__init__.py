"""What a county's own notice on the reports asks beside the state's form: its model here, its file in loader.py."""

from nianbao.notice.model import Ask, Deadline, Length, Notice, folded

__all__ = ["Ask", "Deadline", "Length", "Notice", "folded"]
