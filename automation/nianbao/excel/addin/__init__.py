"""The Excel add-in: its text, building it to the byte the same each time, installing it for this user, finding faults.

No Excel, no openpyxl and no xlwings here: it is built from text on any system.
"""
