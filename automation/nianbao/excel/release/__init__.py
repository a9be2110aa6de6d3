"""The offline installation for Windows, assembled on any system from hash-checked inputs. For those who release."""
