"""What is said of each kind of fault in the syntax of JSON, and what to do."""

from survey.languages import Phrase

SYNTAX: dict[str, Phrase] = {
    "utf_16": Phrase(
        "finding", "The file is in UTF-16, which some editors call Unicode. Save it again, with the encoding UTF-8."
    ),
    "packed": Phrase(
        "finding",
        "This is a packed file, as .zip, .xlsx and .docx are, and no JSON. Give the JSON file itself, unpacked.",
    ),
    "no_text": Phrase("finding", "This is no text, so it cannot be JSON. It may be the wrong file, or a damaged one."),
    "not_json": Phrase("finding", "This is not JSON. Compare the place that is marked with a file that works."),
    "empty_file": Phrase("finding", "The file is empty. Copy an edition, or begin with “questionnaires new”."),
    "trailing_comma": Phrase("finding", "There is a comma after the last entry. Remove it."),
    "extra_comma": Phrase("finding", "There is a comma too many, with nothing before it. Remove it."),
    "missing_comma": Phrase("finding", "A comma is missing here, between two entries. Add it."),
    "decimal_comma": Phrase("finding", "A number has a decimal point here, not a comma. Write 1.5."),
    "missing_colon": Phrase("finding", "A colon is missing after the name “%(found)s”. Add it, and what it says."),
    "extra_colon": Phrase("finding", "There is a colon too many. Remove it, or put the entry in { } brackets."),
    "no_comma": Phrase("finding", "“%(found)s” stands here in the place of a comma. Replace it by a comma."),
    "no_colon": Phrase("finding", "“%(found)s” stands here in the place of a colon. Replace it by a colon."),
    "open_list": Phrase(
        "finding",
        "An entry with a name cannot stand in a list, and the bracket [ of line %(line)s is still open. "
        "Close it with ] before “%(found)s”; or, if this belongs to the list, put it in { } brackets.",
    ),
    "open_object": Phrase(
        "finding",
        "A name is needed here, and the bracket { of line %(line)s is still open. "
        "Close it with } before this %(found)s, or add the name and a colon.",
    ),
    "missing_value": Phrase("finding", "“%(found)s” says nothing: there is nothing after its colon. Add it."),
    "value_needed": Phrase("finding", "A text, a number or a bracket is missing here. Add it."),
    "name_needed": Phrase(
        "finding", "In { } brackets each entry begins with its name, in quotation marks, and a colon. Add them."
    ),
    "unquoted": Phrase("finding", "“%(found)s” needs straight quotation marks before and after it. Add them."),
    "literal_case": Phrase("finding", "“%(found)s” is written otherwise in JSON. Write %(meant)s."),
    "curly_quotes": Phrase(
        "finding",
        "A name or a text begins and ends with a straight quotation mark, not with %(found)s. "
        "Word processors change them: use a text editor.",
    ),
    "single_quotes": Phrase("finding", "A name or a text stands in straight double quotation marks, not in %(found)s."),
    "inner_quote": Phrase(
        "finding", "A straight quotation mark inside a text ends it here. Write “ and ” around words within a text."
    ),
    "unclosed_text": Phrase(
        "finding", "The text that begins here has no quotation mark at its end. Add one on the same line."
    ),
    "control_character": Phrase(
        "finding", "The text holds a tab or a character that cannot be seen (%(character)s). Remove it."
    ),
    "bad_escape": Phrase(
        "finding", "A backslash has a meaning of its own in JSON, and “%(found)s” has none. Write / or two backslashes."
    ),
    "comment": Phrase("finding", "JSON has no comments. Remove it; notes for colleagues belong in another file."),
    "stray_character": Phrase(
        "finding", "A character that cannot be seen (%(character)s) stands outside the texts. Remove it."
    ),
    "unclosed_bracket": Phrase("finding", "The bracket %(bracket)s that opens here is never closed. Close it."),
    "wrong_bracket": Phrase(
        "finding",
        "This %(found)s closes nothing: the bracket %(bracket)s of line %(line)s is still open. Close that one first.",
    ),
    "after_end": Phrase(
        "finding", "Something follows after the end of the file’s brackets. Remove it, or look for a bracket too many."
    ),
    "bad_number": Phrase("finding", "“%(number)s” is not a number that JSON can hold. Write an ordinary number."),
}
