"""What a run keeps: the journal, records of what was read, what was written, how bodies stood."""
