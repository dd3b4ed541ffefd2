"""What is said of each kind of fault in a spreadsheet of a questionnaire, and what to do."""

from survey.languages import Phrase

SHEETS: dict[str, Phrase] = {
    "sheet_too_large": Phrase(
        "finding",
        "The file is far larger than a questionnaire. Take out rows, pictures and sheets that are not part of it.",
    ),
    "sheet_no_spreadsheet": Phrase("finding", "The file is no spreadsheet. Save it as .xlsx, without a password."),
    "sheet_damaged": Phrase("finding", "The file is damaged, or no spreadsheet. Open it, and save it again as .xlsx."),
    "sheet_unknown": Phrase(
        "finding", "There is no place for a sheet “%(name)s”. Rename or remove it. Those there may be: %(names)s."
    ),
    "sheet_missing": Phrase("finding", "The sheet “%(name)s” is missing. Begin with a spreadsheet of “to-xlsx”."),
    "sheet_hidden": Phrase(
        "finding", "The sheet is hidden. Show it, or remove it, so that nothing unseen is taken in."
    ),
    "sheet_hidden_row": Phrase("finding", "This row is hidden. Show all rows, or remove those that are not meant."),
    "sheet_hidden_column": Phrase(
        "finding", "This column is hidden. Show all columns, or remove those that are not meant."
    ),
    "sheet_merged": Phrase("finding", "These cells are merged into one. Split them, and fill in each."),
    "sheet_macros": Phrase("finding", "The file holds macros, which are never run. Save it as .xlsx, without them."),
    "sheet_links": Phrase("finding", "The file takes values from other files. Put in the values, and break the links."),
    "sheet_formula": Phrase("finding", "The cell holds a formula, which is never worked out. Put in what it says."),
    "sheet_error": Phrase("finding", "The cell holds an error of the spreadsheet. Put in what is meant."),
    "sheet_no_heading": Phrase("finding", "The column of this cell has no heading. Move it, or remove it."),
    "sheet_unknown_column": Phrase(
        "finding", "There is no column “%(name)s” in this sheet. Rename or remove it. Those there are: %(names)s."
    ),
    "sheet_repeated_column": Phrase("finding", "There are two columns “%(name)s”. Keep one of them."),
    "sheet_unknown_row": Phrase("finding", "“%(name)s” is no property of a file. Those there are: %(names)s."),
    "sheet_row_twice": Phrase("finding", "“%(name)s” has two rows. Keep one of them."),
    "sheet_number": Phrase("finding", "“%(value)s” is not a number. Write one in digits."),
    "sheet_rule": Phrase(
        "finding",
        "The rule cannot be read from “%(found)s” on. Write it like “%(example)s”. "
        "Conditions are joined either by “and” or by “or”.",
    ),
    "sheet_no_section": Phrase("finding", "There is no section “%(name)s” on the sheet “sections”. Add it there."),
    "sheet_no_group": Phrase(
        "finding", "There is no group “%(name)s” above in this section. A group stands above its questions."
    ),
    "sheet_belongs_nowhere": Phrase(
        "finding",
        "This belongs to “%(name)s”, which is not there. Write the name of an option set, or section.question.",
    ),
    "sheet_no_type": Phrase(
        "finding", "The type “%(name)s” of XLSForm has no counterpart here. Use one of: %(names)s."
    ),
    "sheet_not_carried": Phrase(
        "finding", "What XLSForm says in the column “%(name)s” has no counterpart here. Empty the cell."
    ),
    "sheet_other_language": Phrase(
        "finding", "The column “%(name)s” is in neither Welsh nor English. Empty it: only those two are asked in."
    ),
    "sheet_expression": Phrase(
        "finding",
        "“%(found)s” cannot be carried over. What can: comparisons of an answer with a value, all joined by “and” or "
        "all by “or”.",
    ),
    "sheet_constraint": Phrase(
        "finding",
        "“%(found)s” cannot be carried over. What can, all joined by “and”: the least and the greatest number, the "
        "earliest and the latest date, another answer in place of these, and the length of a text. Write it like one "
        "of these: %(examples)s.",
    ),
    "sheet_strict": Phrase(
        "finding",
        "“%(found)s”: a limit here may itself be answered. Write “%(operator)s” with the last value that may be.",
    ),
    "sheet_pattern": Phrase(
        "finding",
        "“%(found)s”: no pattern of one’s own can be carried over. Empty the cell. Afterwards, “format” can ask for "
        "one of these: %(names)s.",
    ),
    "sheet_ticked": Phrase(
        "finding",
        "“%(found)s”: how many options may be ticked cannot be limited. Say it in the hint, and empty the cell.",
    ),
    "sheet_range": Phrase(
        "finding",
        "“%(found)s” cannot be carried over. A range begins with a whole number and goes up in steps of one; ask for "
        "others with the type “decimal”, and its limits in “constraint”.",
    ),
    "sheet_no_list": Phrase(
        "finding",
        "There is no list “%(name)s” on the sheet “%(sheet)s”. Give each of its options a row there, with this name in "
        "the column “%(column)s”, or use one of these lists: %(names)s.",
    ),
    "sheet_no_lists": Phrase(
        "finding",
        "There is no list “%(name)s” on the sheet “%(sheet)s”. Give each of its options a row there, with this name in "
        "the column “%(column)s”.",
    ),
    "sheet_no_choices": Phrase(
        "finding", "The sheet “%(name)s” is missing. Add it, with a row for each choice: “list_name”, “name”, “label”."
    ),
    "sheet_calculation": Phrase(
        "finding",
        "“%(found)s” cannot be carried over. What can, in a “calculate”: answers added up, one less another, "
        "and the sum or the count of a repeat.",
    ),
    "sheet_unseen_figure": Phrase(
        "finding", "A figure is shown, and this has no label to show it with. Give it one, or remove it."
    ),
    "sheet_filter": Phrase(
        "finding",
        "“%(found)s” cannot be carried over. A select_one can be filtered by one column of its choices, "
        "which is one answer, and always by the same column: “part = ${part}”.",
    ),
    "sheet_not_same": Phrase(
        "finding",
        "“%(name)s” is said to be the same in both languages, and other words stand here. Empty this cell, or say “no” "
        "in “same_in_both”.",
    ),
    "sheet_piped": Phrase(
        "finding",
        "The text takes in an answer, after which Welsh would have to change. Word it without that answer. Once this "
        "form is one of our questionnaires, “shows” can set the answer apart over the question.",
    ),
    "sheet_nested": Phrase(
        "finding", "“%(name)s” cannot stand here: a repeat can hold questions only. Close it first."
    ),
    "sheet_inner_relevant": Phrase(
        "finding", "A group within a group cannot have a rule of its own. Give the rule to each of its questions."
    ),
    "sheet_not_closed": Phrase("finding", "“%(name)s” begins here and never ends. Add its end."),
    "sheet_closes_nothing": Phrase("finding", "“%(name)s” ends nothing that is open. Remove it, or add its beginning."),
    "sheet_says_too_little": Phrase(
        "finding", "XLSForm says neither the year nor who answers. Give them: “--edition” and “--respondent”."
    ),
    "sheet_welsh_alone": Phrase("finding", "There is Welsh here and no English beside it. Add the English."),
}
