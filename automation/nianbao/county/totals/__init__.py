"""The sums of a county, the rules over all bodies, the detail workbook."""
