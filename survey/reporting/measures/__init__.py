"""What the workbook measures: each is declared in `declarations` or `workforce`, and counted by small functions."""
