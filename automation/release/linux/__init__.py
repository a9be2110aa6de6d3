"""The offline installation for Linux desktops: Python as given, locked wheels, scripts, forms; see needs.py for whom."""
