"""Inside Excel: what the ribbon's buttons do, the add-in as text, and the same on closed files without macros.

xlwings is imported in door.py alone, and only when a button is pressed.
"""
