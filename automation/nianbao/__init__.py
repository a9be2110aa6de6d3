"""nianbao: the yearly open-government report (政府信息公开工作年度报告), from Excel to Word, checked."""

__version__ = "2026.12.0"
