"""年报台: the program as pages in the user's own browser, served to this user of this machine alone.

`nianbao serve` starts it. It calls `pipeline` and `county` and nothing below them; what is attacked and how that is
refused stands in docs/security.md.
"""
