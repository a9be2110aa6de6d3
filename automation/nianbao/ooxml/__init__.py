"""What Open XML files are made of, for every reader and writer above: zips within bounds, safe parsers, fixed bytes."""
