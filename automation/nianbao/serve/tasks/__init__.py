"""What workers do for the pages: each takes what was given and returns a piece of a page and the files it made."""
