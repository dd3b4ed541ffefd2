"""What the workbook measures: each measure is declared in `declared`, and drawn from there by small functions."""
