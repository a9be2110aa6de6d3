"""A county: the roster, a folder of bodies made in one run, the totals, the return slips. Above the pipeline."""
