"""The offline installation for Linux desktops: Python as given, locked wheels, scripts, forms; for whom: needs.py."""
