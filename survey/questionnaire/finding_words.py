"""What is said of each kind of fault in a definition, and what to do."""

from survey.languages import Phrase
from survey.questionnaire.sheet_words import SHEETS
from survey.questionnaire.syntax_words import SYNTAX

WORDINGS: dict[str, Phrase] = {
    **SYNTAX,
    **SHEETS,
    # The file itself
    "no_file": Phrase("finding", "There is no such file. Check its name and folder."),
    "unreadable": Phrase("finding", "The file cannot be read. Check that you may open it."),
    "too_large": Phrase(
        "finding",
        "The file is larger than %(most)s bytes. A definition is never that large: check that it is the right file.",
    ),
    "not_utf8": Phrase("finding", "The file is not in UTF-8. Save it as UTF-8."),
    "too_deep": Phrase(
        "finding",
        "Brackets lie more than %(most)s deep in one another. "
        "A definition is never that deep: look for a bracket too many.",
    ),
    "repeated_key": Phrase("finding", "“%(name)s” is here twice. Keep one of them."),
    "bad_character": Phrase(
        "finding", "The text holds a line break or a character that cannot be shown (%(character)s). Remove it."
    ),
    "unknown_kind": Phrase(
        "finding",
        "The file does not say what it is. In a questionnaire, add this line after its first {: %(line)s "
        "Other files name one of these there: %(names)s.",
    ),
    "no_definition": Phrase(
        "finding",
        "A definition is one object: it begins with {, then this line, and ends with }: %(line)s "
        "Put into it what is here, or check that it is the right file.",
    ),
    # Its shape
    "missing": Phrase("finding", "“%(name)s” is missing. Add it."),
    "unknown": Phrase("finding", "“%(name)s” has no meaning here. What may stand here: %(names)s."),
    "misspelt": Phrase("finding", "“%(name)s” has no meaning here. Did you mean “%(guess)s”?"),
    "other_in_option_set": Phrase(
        "finding",
        "“other” cannot be part of an option set, because its answer needs a question of its own. "
        "Write the options in the question.",
    ),
    "not_object": Phrase("finding", "This has to be an object, in { } brackets."),
    "not_list": Phrase("finding", "This has to be a list, in [ ] brackets."),
    "not_text": Phrase("finding", "This has to be text in quotation marks."),
    "not_number": Phrase("finding", "This has to be a number, without quotation marks."),
    "not_whole_number": Phrase("finding", "This has to be a whole number, without quotation marks."),
    "not_true_or_false": Phrase("finding", "This has to be true or false, without quotation marks."),
    "not_simple": Phrase("finding", "This has to be a text, a number, or true or false."),
    "not_allowed": Phrase("finding", "“%(value)s” is not known here. Use one of: %(names)s."),
    "not_here": Phrase("finding", "This cannot stand here together with the rest. Remove it."),
    "exactly_one": Phrase("finding", "Give exactly one of these: %(names)s."),
    "empty_text": Phrase("finding", "The text is empty. Write something, or remove the line."),
    "blank_ends": Phrase("finding", "The text begins or ends with a blank, or holds a line break. Remove it."),
    "too_long": Phrase("finding", "The text has %(length)s characters. The most here: %(most)s. Shorten it."),
    "too_few": Phrase("finding", "There are too few entries here. The least: %(least)s."),
    "too_many": Phrase("finding", "There are too many entries here. The most: %(most)s."),
    "repeated_entry": Phrase("finding", "An entry is here twice. Keep one of them."),
    "too_small": Phrase("finding", "%(value)s is too small. The least here: %(least)s."),
    "too_big": Phrase("finding", "%(value)s is too large. The most here: %(most)s."),
    "not_date": Phrase("finding", "“%(value)s” is not a date. Write it like 2026-03-31."),
    "bad_id": Phrase(
        "finding", "“%(value)s” cannot be an id. Use small letters a to z, digits and _, with a letter first."
    ),
    "bad_slug": Phrase(
        "finding",
        "“%(value)s” cannot be a name here. Use small letters a to z, digits and hyphens, with a letter first.",
    ),
    "bad_code": Phrase("finding", "“%(value)s” cannot be a code. Use small letters a to z, digits, _ and hyphens."),
    "bad_year": Phrase("finding", "“%(value)s” is not an edition. Write a year like 2026."),
    "bad_question_name": Phrase("finding", "“%(value)s” cannot name a question. Write its id, or section.question."),
    "bad_figure_name": Phrase(
        "finding",
        "“%(value)s” cannot name a question. "
        "Write its id, or section.question; of the items of a group, group/question.",
    ),
    "bad_form": Phrase(
        "finding", "“%(value)s” does not have the form that is needed here. See what the schema says of it."
    ),
    # Ids and codes
    "duplicate_section": Phrase("finding", "Another section has the id “%(id)s” too. Give this one its own."),
    "duplicate_question": Phrase(
        "finding", "Another question of this section has the id “%(id)s” too. Give this one its own."
    ),
    "duplicate_other": Phrase(
        "finding",
        "“other” makes a question with the id “%(id)s”, which is there already. Rename the code or that question.",
    ),
    "other_code": Phrase(
        "finding",
        "An option with “other” needs a code of small letters, digits and _, because a question is named after it.",
    ),
    "reserved_id": Phrase("finding", "The id “%(id)s” is taken by the service itself. Choose another."),
    "duplicate_code": Phrase("finding", "Another option has the code “%(code)s” too. Give this one its own."),
    "duplicate_part": Phrase("finding", "The id “%(id)s” is used twice in this table. Give this one its own."),
    "unknown_option_set": Phrase(
        "finding", "There is no option set “%(name)s”. Add it to “option_sets”, or use one of: %(names)s."
    ),
    "unused_option_set": Phrase("finding", "No question uses the option set “%(name)s”. Remove it."),
    "unknown_row_group": Phrase("finding", "There is no row group “%(id)s” in this table. Add it to “row_groups”."),
    "unused_row_group": Phrase("finding", "No row stands under the heading “%(id)s”. Remove it."),
    # Limits
    "empty_range": Phrase(
        "finding", "“minimum” is larger than “maximum”, so that no answer is right. Change one of them."
    ),
    "empty_time": Phrase("finding", "“earliest” is later than “latest”, so that no date is right. Change one of them."),
    "bad_limit": Phrase("finding", "“%(value)s” is no limit for a date. Write a day like 2026-03-31, or “today”."),
    "most_of_few": Phrase(
        "finding", "“most” is %(most)s, but the number of options is %(count)s. Lower it, or remove it."
    ),
    "all_exclusive": Phrase(
        "finding", "So many options are exclusive that no two can be chosen together. Use the type single_choice."
    ),
    "two_middles": Phrase(
        "finding",
        "A scale has one middle: one option has “middle”, or two that follow one another have it. Remove the others.",
    ),
    # Types in their place
    "needs_outcome": Phrase(
        "finding",
        "A question of the type %(type)s needs an outcome. Move it to a section that is asked “for_each” outcome.",
    ),
    "not_in_group": Phrase(
        "finding", "A question of the type %(type)s cannot be part of a group. Move it out of the group."
    ),
    "group_of_people": Phrase(
        "finding", "An anonymous questionnaire cannot have a group. Ask for the same in questions of their own."
    ),
    "autocomplete_of_people": Phrase(
        "finding", "An anonymous questionnaire cannot have the browser fill in who somebody is. Remove “autocomplete”."
    ),
    "figure_of_people": Phrase(
        "finding", "An anonymous questionnaire cannot work figures out: no table of people counts them. Remove this."
    ),
    "figure_kind": Phrase(
        "finding",
        "“%(operation)s” needs questions whose answers are numbers; “difference” also takes two dates. Name others.",
    ),
    "list_to_search": Phrase(
        "finding",
        "A question that shows its options can have no more than %(most)s. "
        "Let people search the list: use the type list_choice.",
    ),
    "list_of_people": Phrase(
        "finding",
        "In an anonymous questionnaire a list can have no more than %(most)s options: of more, "
        "nearly every figure would be hidden. Ask for something less exact.",
    ),
    "filter_kind": Phrase(
        "finding",
        "A list can be filtered by a question that takes one option, and “%(name)s” is not one. Name another question.",
    ),
    "belongs_to_nothing": Phrase(
        "finding",
        "“%(code)s” is no answer that filters this list. Write a code of the question that “filtered_by” names, "
        "or remove “belongs_to”.",
    ),
    "filter_leaves_nothing": Phrase(
        "finding",
        "After the answer “%(code)s” there would be nothing to choose. "
        "Give an option that “belongs_to” it, or one without “belongs_to”.",
    ),
    "last_as_written": Phrase(
        "finding", "The options of this set are shown as they are written. Move this one to the end, and remove “last”."
    ),
    "ending_of_clusters": Phrase(
        "finding", "Only an anonymous questionnaire can have an ending: a cluster is known, and is asked by name."
    ),
    "ending_of_everybody": Phrase(
        "finding", "Everybody would be led to this ending. Say in “show_when” for whom it is."
    ),
    "ending_in_between": Phrase(
        "finding", "An ending stands last on a page, after the question that it depends on. Move it."
    ),
    "format_of_people": Phrase(
        "finding",
        "An anonymous questionnaire cannot ask for what tells who somebody is or where they work. Remove the question.",
    ),
    "no_criteria": Phrase(
        "finding",
        "The calculation needs a question of the type criteria before it in the same section. "
        "Add one, or move this after it.",
    ),
    "two_criteria": Phrase("finding", "A section can have only one question of the type criteria. Remove this one."),
    "no_level_rule": Phrase("finding", "The calculation needs “level_rule”. Add it at the top of the file."),
    "no_framework": Phrase("finding", "Outcomes come from a framework. Name it in “framework” at the top of the file."),
    "worksheet_of_nothing": Phrase(
        "finding", "A worksheet belongs to an outcome. Ask the section “for_each” outcome, or remove “worksheet”."
    ),
    "not_in_worksheet": Phrase(
        "finding", "“%(name)s” has no meaning in a worksheet, which is never submitted. Remove it."
    ),
    "level_rule_code": Phrase(
        "finding",
        "The level rule names the code “%(code)s”, which is not an option of the criteria. Use one of: %(names)s.",
    ),
    "level_rule_overlap": Phrase(
        "finding", "The code “%(code)s” cannot be both met and left out. Keep it in one list."
    ),
    "below_code": Phrase(
        "finding", "“below” is “%(code)s”, which is not an option of the calculated question. Use one of: %(names)s."
    ),
    # What follows up the year before
    "follows_unknown": Phrase(
        "finding",
        "“follows_up” names “%(name)s”, which is not a question of another section of this edition. "
        "Write section.question, like about.change.",
    ),
    "follows_no_text": Phrase(
        "finding",
        "“follows_up” names “%(name)s”, whose answer is not a text. "
        "Name a question of the type short_text or long_text.",
    ),
    "follows_people": Phrase(
        "finding",
        "An anonymous questionnaire cannot follow anything up, because nobody knows who wrote it. Remove “follows_up”.",
    ),
    "follows_for_each": Phrase(
        "finding", "A section cannot have both “for_each” and “follows_up”. Remove one of them."
    ),
    "follows_with_group": Phrase(
        "finding",
        "A section that follows something up cannot hold a group. Ask for the same in questions of their own.",
    ),
    "quotes_nothing": Phrase(
        "finding",
        "A question of the type earlier_answer shows what the section follows up. "
        "Give the section “follows_up”, or remove the question.",
    ),
    # Rules
    "rule_unknown": Phrase("finding", "The rule names the question “%(name)s”, which is not there. Check the id."),
    "rule_misspelt": Phrase(
        "finding", "The rule names the question “%(name)s”, which is not there. Did you mean “%(guess)s”?"
    ),
    "named_unknown": Phrase(
        "finding", "“%(property)s” names the question “%(name)s”, which is not there. Check the id."
    ),
    "named_misspelt": Phrase(
        "finding", "“%(property)s” names the question “%(name)s”, which is not there. Did you mean “%(guess)s”?"
    ),
    "named_later": Phrase(
        "finding",
        "“%(property)s” names the question “%(name)s”, which has not been asked yet at this place. "
        "Name a question that comes before.",
    ),
    "named_repeated_section": Phrase(
        "finding",
        "“%(property)s” names “%(name)s” in a section that is repeated, so that it has no single answer. "
        "Name a question of a section that is not repeated.",
    ),
    "named_outside_group": Phrase(
        "finding",
        "Inside a group “%(property)s” can only name a question of the same group, and “%(name)s” is not one.",
    ),
    "named_no_answer": Phrase(
        "finding", "“%(property)s” names “%(name)s”, which takes no answer. Name a question that does."
    ),
    "named_kind": Phrase(
        "finding",
        "“%(property)s” names “%(name)s”, whose answer is of another kind. "
        "Name a number for a number, and a date for a date.",
    ),
    "rule_later": Phrase(
        "finding",
        "The rule names the question “%(name)s”, which has not been asked yet at this place. Rules can only look back.",
    ),
    "rule_repeated_section": Phrase(
        "finding",
        "The rule names “%(name)s” in a section that is repeated, so that it has no single answer. "
        "Rules can only look at sections that are not repeated.",
    ),
    "rule_outside_group": Phrase(
        "finding", "A rule inside a group can only name a question of the same group, and “%(name)s” is not one."
    ),
    "rule_no_answer": Phrase("finding", "The rule names “%(name)s”, which takes no answer. Name a question that does."),
    "rule_only_exists": Phrase(
        "finding", "The answer to “%(name)s” has several parts, so that a rule can only ask whether it exists."
    ),
    "rule_not_an_option": Phrase(
        "finding",
        "“%(code)s” is not an option of “%(name)s”, so that the rule could never hold. Use one of: %(names)s.",
    ),
    "rule_order": Phrase(
        "finding", "The answers to “%(name)s” have no order, so that < and > mean nothing. Use = or !=."
    ),
    "rule_kind": Phrase(
        "finding",
        "The answer to “%(name)s” is of another kind than what the rule compares it with. "
        "Compare numbers with numbers, and text with text.",
    ),
    "rule_no_date": Phrase(
        "finding",
        "“%(name)s” asks for a date, and “%(answer)s” is no day of the calendar. Write it like 2026-03-31.",
    ),
    "unreachable": Phrase(
        "finding",
        "No answers lead here: this rule can never hold, or not together with the rules of its section and of the "
        "questions that it names. Change or remove one of them.",
    ),
    # Texts
    "straight_quote": Phrase("finding", "The text holds a straight quotation mark (%(mark)s). Use ’ or “ ”."),
    "two_blanks": Phrase("finding", "The text holds two blanks together. Keep one."),
    "unseen_character": Phrase(
        "finding", "The text holds a character that cannot be seen (%(character)s). Write the text again without it."
    ),
    "taken_in": Phrase(
        "finding",
        "The text means to take in an answer (“%(found)s”), after which Welsh would have to change its words. "
        "Word it without that answer; “shows” sets the answer to an earlier question apart, over this one.",
    ),
    "shown_here": Phrase(
        "finding",
        "“%(name)s” is answered on this page, where everybody sees it. “shows” is for answers of earlier pages.",
    ),
    "look_alike": Phrase(
        "finding",
        "“%(word)s” holds a letter of another alphabet that looks like ours: %(character)s (%(name)s). "
        "Type the word again.",
    ),
    "other_form": Phrase(
        "finding",
        "“%(word)s” holds a sign that looks like “%(plain)s” and is another one: %(character)s (%(name)s). "
        "Type the word again.",
    ),
    "duplicate_label": Phrase(
        "finding", "Another option reads “%(label)s” too, so that nobody could tell them apart. Reword one of them."
    ),
    # Continuity and reports
    "was_current": Phrase(
        "finding",
        "“was” names “%(id)s”, which is a question of this edition too. "
        "Answers would be counted twice: remove “was”, or rename that question.",
    ),
    "was_twice": Phrase("finding", "Two questions say that they were “%(id)s”. Only one can carry its answers on."),
    "since_later": Phrase(
        "finding", "“since” is %(since)s, which is later than this edition (%(edition)s). Correct it."
    ),
    "since_and_was": Phrase(
        "finding", "The question cannot be new in this edition and have had another id before. Keep “since” or “was”."
    ),
    "sensitivity_of_clusters": Phrase(
        "finding", "“sensitivity” is about answers of people. Clusters are organisations: leave it out."
    ),
    "measure_twice": Phrase("finding", "Another question has the measure “%(measure)s” too. Only one can be counted."),
    "measure_type": Phrase(
        "finding", "The measure “%(measure)s” cannot be counted from the type %(type)s. It needs one of: %(names)s."
    ),
    "comment_of_nothing": Phrase(
        "finding",
        "This comment needs the id of its enabler with _comment at the end, and there is no enabler “%(id)s”.",
    ),
    # No faults
    "in_no_table_of_its_own": Phrase(
        "finding",
        "The question has no “measure”. So its answers are exported and counted by their type in the sheets of all "
        "other answers; no table or chart is made for them, and nothing sets them beside other years.",
    ),
    # Files that belong together
    "wrong_file_name": Phrase(
        "finding",
        "The file should be called %(name)s, because of what it says of itself. Rename the file or correct it.",
    ),
    "wrong_edition": Phrase(
        "finding",
        "The file is called %(file)s and says that it is the edition of %(edition)s. "
        "Set “edition” to “%(year)s”, or rename the file to %(name)s.",
    ),
    "wrong_folder": Phrase(
        "finding",
        "The file should be in the folder %(name)s, because of the id it gives itself. "
        "Move the file or correct the id.",
    ),
    "unknown_framework": Phrase("finding", "There is no framework “%(id)s”. Those there are: %(names)s."),
    "unknown_outcome": Phrase("finding", "The framework has no outcome “%(id)s”. Check the code."),
    "levels_differ": Phrase(
        "finding", "The options have to be the framework’s levels and “below” of the level rule: %(names)s."
    ),
    "duplicate_outcome": Phrase("finding", "Another outcome has the id “%(id)s” too. Give this one its own."),
    "duplicate_criterion": Phrase("finding", "Another criterion has the id “%(id)s” too. Give this one its own."),
    "criterion_elsewhere": Phrase("finding", "The id of a criterion begins with that of its outcome: “%(id)s”."),
    "unknown_level": Phrase("finding", "There is no level “%(id)s” in this framework. Use one of: %(names)s."),
    "unknown_module": Phrase("finding", "There is no module “%(id)s” in this framework. Use one of: %(names)s."),
    "mixed_levels": Phrase(
        "finding", "Some criteria of this outcome have a level and some have none. Give all of them a level, or none."
    ),
    "duplicate_cluster": Phrase("finding", "Another entry has the code “%(code)s” too. Give this one its own."),
    "unknown_predecessor": Phrase(
        "finding", "The cluster “%(code)s” that this one was formed from is not in this file. Check the code."
    ),
    "lasting_predecessor": Phrase(
        "finding", "The cluster “%(code)s” has not ended by %(day)s, when this one begins. Give its “valid_to”."
    ),
    "unknown_board": Phrase("finding", "There is no health board “%(code)s” in this file. Check the code."),
    "unknown_authority": Phrase("finding", "There is no local authority “%(code)s” in this file. Check the code."),
}
