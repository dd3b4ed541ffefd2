"""A workbook as a described object first, drawn second: descriptions come in, an .xlsx file comes out.

`description` says what a workbook is, `check/description_rules` what is wrong with a description, `drawing` makes the
file, `check/checker` reads any .xlsx file and says where it falls short of the rules.
"""
