"""What the workbook measures: each is declared (`declarations`, `workforce`), and drawn from there by small functions."""
