"""Forms in XLSForm, of the kinds of pyxform’s own examples: each is carried over, or says exactly what cannot be."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from survey.authoring.book import draft_in, welsh_in
from survey.authoring.draft import Draft
from survey.languages import language
from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.findings import line
from survey.questionnaire.walk import Instrument


def book(form: str) -> bytes:
    """A form as a spreadsheet: a line a row, cells between bars, a line of one word for each sheet."""
    made = Workbook()
    made.remove(made.active)
    sheet: Any = None
    for text in filter(None, form.splitlines()):
        cells = [cell.strip() for cell in text.strip().strip("|").split("|")]
        if "|" not in text:
            sheet = made.create_sheet(cells[0])
        else:
            sheet.append([cell or None for cell in cells])
    if not any(name.lower() == "settings" for name in made.sheetnames):
        made.create_sheet("settings").append(["form_id", "form_title"])
        made["settings"].append(["trial", "Trial"])
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def draft(form: str) -> Draft:
    return draft_in(book(form), "form.xlsx", "2027", "cluster")


YES_NO = """
choices
| list_name | name | label |
| yes_no | yes | Yes |
| yes_no | no | No |
"""
# name: the form, and the questions that it becomes: page, id, type and what else there is
CARRIED: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    "text and integer": (
        """
survey
| type | name | label |
| text | your_name | What is your name? |
| integer | your_age | How many years old are you? |
""",
        [("page_1", "your_name", "long_text", {}), ("page_1", "your_age", "whole_number", {})],
    ),
    "yes or no": (
        "survey\n| type | name | label |\n| select_one yes_no | good_day | Have you had a good day? |" + YES_NO,
        [("page_1", "good_day", "single_choice", {"option_set": "yes_no"})],
    ),
    "several choices": (
        "survey\n| type | name | label | hint |\n| select_multiple yes_no | which | Which? | All that are right |"
        + YES_NO,
        [("page_1", "which", "multiple_choice", {"option_set": "yes_no", "hint": "All that are right"})],
    ),
    "choices that depend on an answer": (
        """
survey
| type | name | label | choice_filter |
| select_one states | state | Which state? | |
| select_one towns | town | Which town? | state=${state} |

choices
| list_name | name | label | State |
| states | north | North | |
| states | south | South | |
| towns | bangor | Bangor | north |
| towns | barry | Barry | south |
""",
        [
            ("page_1", "state", "single_choice", {"option_set": "states"}),
            ("page_1", "town", "list_choice", {"option_set": "towns", "filtered_by": "state"}),
        ],
    ),
    "a text with a form that has a name": (
        "survey\n| type | name | label | constraint |\n| text | code | Code | regex(., '^[A-Z0-9]{3,10}$') |",
        [("page_1", "code", "short_text", {"format": "ods_code"})],
    ),
    "what is worked out": (
        """
survey
| type | name | label | calculation |
| begin repeat | post | Post | |
| decimal | hours | Hours | |
| end repeat | | | |
| integer | a | A? | |
| calculate | more | More | ${a} + ${a} |
| calculate | less | Less | ${a} - ${more} |
| calculate | all | All | sum(${hours}) |
| calculate | posts | Posts | count( ${post} ) |
""",
        [
            ("page_1", "post", "group", {"item_label": "Post"}),
            ("page_1", "a", "whole_number", {}),
            ("page_1", "more", "figure", {"figure": {"sum": ["a", "a"]}}),
            ("page_1", "less", "figure", {"figure": {"difference": ["a", "more"]}}),
            ("page_1", "all", "figure", {"figure": {"sum": ["post/hours"]}}),
            ("page_1", "posts", "figure", {"figure": {"count": ["post"]}}),
        ],
    ),
    "a ranking": (
        "survey\n| type | name | label |\n| rank yes_no | order | Which first? |" + YES_NO,
        [("page_1", "order", "ranking", {"option_set": "yes_no"})],
    ),
    "a group is a page": (
        """
survey
| type | name | label |
| text | family_name | What’s your family name? |
| begin group | father | Father |
| integer | age | How old is your father? |
| end group | | |
| note | thanks | Thank you. |
""",
        [
            ("page_1", "family_name", "long_text", {}),
            ("father", "age", "whole_number", {}),
            ("page_3", "thanks", "statement", {}),
        ],
    ),
    "a group within a group is a heading": (
        """
survey
| type | name | label |
| begin_group | home | Home |
| begin_group | kitchen | Kitchen |
| integer | stoves | How many stoves? |
| integer | taps | How many taps? |
| end_group | | |
| integer | rooms | How many rooms? |
| end_group | | |
""",
        [
            ("home", "stoves", "whole_number", {"heading": "Kitchen"}),
            ("home", "taps", "whole_number", {}),
            ("home", "rooms", "whole_number", {}),
        ],
    ),
    "a repeat is a group": (
        """
survey
| type | name | label |
| begin repeat | child | Child |
| text | first_name | First name |
| date | born | Date of birth |
| end repeat | | |
""",
        [("page_1", "child", "group", {"item_label": "Child"})],
    ),
    "a number with a range": (
        "survey\n| type | name | label | constraint |\n| integer | age | Age | . >= 0 and . < 121 |",
        [("page_1", "age", "whole_number", {"minimum": 0, "maximum": 120})],
    ),
    "a decimal with a limit": (
        "survey\n| type | name | label | constraint |\n| decimal | weight | Weight | . <= 200.5 |",
        [("page_1", "weight", "decimal", {"maximum": 200.5})],
    ),
    "a date with limits": (
        "survey\n| type | name | label | constraint |\n| date | Began | When? | . <= today() |\n"
        "| date | ended | Until when? | . >= ${Began} and . <= date('2027-03-31') |",
        [
            ("page_1", "began", "date", {"latest": "today"}),
            ("page_1", "ended", "date", {"earliest": {"answer_of": "began"}, "latest": "2027-03-31"}),
        ],
    ),
    "a limit that another answer sets": (
        "survey\n| type | name | label | constraint |\n| integer | a | A? | |\n| integer | b | B? | . <= ${a} |",
        [("page_1", "a", "whole_number", {}), ("page_1", "b", "whole_number", {"maximum": {"answer_of": "a"}})],
    ),
    "a text with a length": (
        "survey\n| type | name | label | constraint |\n| text | note | Note | string-length(.) < 101 |",
        [("page_1", "note", "long_text", {"max_length": 100})],
    ),
    "a range": (
        "survey\n| type | name | label | parameters |\n| range | marks | Marks | start=1 end=5 step=1 |",
        [("page_1", "marks", "whole_number", {"minimum": 1, "maximum": 5})],
    ),
    "required": (
        "survey\n| type | name | label | required |\n| date | day | Which day? | true() |",
        [("page_1", "day", "date", {"required": True})],
    ),
    "a rule": (
        """
survey
| type | name | label | relevant |
| select_one yes_no | children | Do you have children? | |
| integer | how_many | How many? | ${children} = 'yes' |
"""
        + YES_NO,
        [
            ("page_1", "children", "single_choice", {"option_set": "yes_no"}),
            (
                "page_1",
                "how_many",
                "whole_number",
                {"show_when": {"all": [{"question": "children", "operator": "=", "answer": "yes"}]}},
            ),
        ],
    ),
    "a rule over pages, with selected": (
        """
survey
| type | name | label | relevant |
| begin group | one | One | |
| select_multiple yes_no | which | Which? | |
| integer | n | How many? | |
| end group | | | |
| begin group | two | Two | selected(${which}, 'no') or (${n} > 3) or ${n} = '' |
| text | why | Why? | |
| end group | | | |
"""
        + YES_NO,
        [
            ("one", "which", "multiple_choice", {"option_set": "yes_no"}),
            ("one", "n", "whole_number", {}),
            ("two", "why", "long_text", {}),
        ],
    ),
    "capitals everywhere": (
        """
SURVEY
| TYPE | NAME | LABEL::EN |
| select_one C1 | Q1 | Are you good? |
CHOICES
| LIST_NAME | NAME | LABEL::EN |
| C1 | N1-c | First |
| C1 | N2-c | Second |
SETTINGS
| FORM_TITLE | FORM_ID |
| Yes or no | yes_no |
""",
        [("page_1", "q1", "single_choice", {"option_set": "c1"})],
    ),
    "limits in brackets, and days that are left out": (
        """
survey
| type | name | label | relevant | constraint |
| integer | age | How old? | | (. >= 18) and ((. < 100)) |
| date | began | When? | (${age} > 20 and ${age} < 30) | . > date('2019-12-31') and . < '2026-03-01' |
""",
        [
            ("page_1", "age", "whole_number", {"minimum": 18, "maximum": 99}),
            (
                "page_1",
                "began",
                "date",
                {
                    "earliest": "2020-01-01",
                    "latest": "2026-02-28",
                    "show_when": {
                        "all": [
                            {"question": "age", "operator": ">", "answer": 20},
                            {"question": "age", "operator": "<", "answer": 30},
                        ]
                    },
                },
            ),
        ],
    ),
    "straight quotation marks": (
        'survey\n| type | name | label |\n| text | x | What\'s "good" here? |',
        [("page_1", "x", "long_text", {"label": "What’s “good” here?"})],
    ),
}
# name: the form, and what is said of it at which cell
REFUSED: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "a place on the map": (
        "survey\n| type | name | label |\n| geopoint | where | Where are you? |\n| text | a | A? |",
        [("sheet_no_type", "survey!A2")],
    ),
    "a picture and a sound": (
        "survey\n| type | name | label |\n| image | i | Picture |\n| audio | a | Sound |\n| text | t | T? |",
        [("sheet_no_type", "survey!A2"), ("sheet_no_type", "survey!A3")],
    ),
    "or specify other": (
        "survey\n| type | name | label |\n| select_one yes_no or_other | sex | Which? |\n| text | t | T? |" + YES_NO,
        [("sheet_no_type", "survey!A2")],
    ),
    "a loop": (
        "survey\n| type | name | label |\n| begin loop over types | l | L |\n| integer | n | N? |\n| end loop | | |",
        [("sheet_no_type", "survey!A2"), ("sheet_no_type", "survey!A4")],
    ),
    "choices from a file": (
        "survey\n| type | name | label |\n| select_one_from_file towns.csv | t | Which? |\n| text | a | A? |",
        [("sheet_no_type", "survey!A2")],
    ),
    "choices that depend on an answer": (
        "survey\n| type | name | label | choice_filter |\n| select_multiple yes_no | q | Q? | county=${c} |" + YES_NO,
        [("sheet_filter", "survey!D2")],
    ),
    "choices that depend on more than one answer": (
        "survey\n| type | name | label | choice_filter |\n| select_one yes_no | q | Q? | a=${c} and b=${d} |" + YES_NO,
        [("sheet_filter", "survey!D2")],
    ),
    "a calculation": (
        "survey\n| type | name | label | calculation |\n| integer | a | A? | |\n| calculate | b | | ${a} * 2 |",
        [("sheet_calculation", "survey!D3"), ("sheet_unseen_figure", "survey!C3")],
    ),
    "an appearance and a default": (
        "survey\n| type | name | label | appearance | default |\n| text | a | A? | multiline | none |",
        [("sheet_not_carried", "survey!D2"), ("sheet_not_carried", "survey!E2")],
    ),
    "another language": (
        "survey\n| type | name | label::English (en) | label::French (fr) |\n| text | a | A? | A ? |",
        [("sheet_other_language", "survey!D2")],
    ),
    "a picture of a choice": (
        "survey\n| type | name | label |\n| select_one yes_no | q | Q? |" + YES_NO.replace("label |", "label | image |")
        .replace("Yes |", "Yes | a.jpg |"),
        [("sheet_not_carried", "choices!D2")],
    ),
    "a text with any other form": (
        "survey\n| type | name | label | constraint |\n| text | code | Code | regex(., '^[A-Z]{3}$') |",
        [("sheet_pattern", "survey!D2")],
    ),
    "a rule that works something out": (
        "survey\n| type | name | label | relevant |\n| integer | a | A? | |\n| text | b | B? | ${a} + 1 > 2 |",
        [("sheet_expression", "survey!D3")],
    ),
    "and with or": (
        "survey\n| type | name | label | relevant |\n| integer | a | A? | |\n"
        "| text | b | B? | ${a} > 1 and ${a} < 5 or ${a} = 9 |",
        [("sheet_expression", "survey!D3")],
    ),
    "a limit that another answer sets": (
        "survey\n| type | name | label | constraint |\n| integer | a | A? | |\n| integer | b | B? | . < ${a} |",
        [("sheet_strict", "survey!D3")],
    ),
    "an answer in a text": (
        "survey\n| type | name | label |\n| text | a | Name? |\n| note | b | Hello, ${a}. |",
        [("sheet_piped", "survey!C3")],
    ),
    "names that differ in capitals alone": (
        "survey\n| type | name | label |\n| text | Age | Age? |\n| text | age | Age again? |",
        [("duplicate_question", "survey!B3")],
    ),
    "names that the service uses itself": (
        "survey\n| type | name | label |\n| begin group | option_sets | Page |\n| begin repeat | r | R |\n"
        "| text | id | Id? |\n| end repeat | | |\n| end group | | |",
        [("reserved_id", "survey!B2"), ("reserved_id", "survey!B4")],
    ),
    "rules in a circle": (
        "survey\n| type | name | label | relevant |\n| integer | a | A? | ${b} > 1 |\n| integer | b | B? | ${a} > 1 |",
        [("rule_later", "survey!D2")],
    ),
    "a repeat in a repeat": (
        "survey\n| type | name | label |\n| begin repeat | a | A |\n| text | x | X? |\n| begin repeat | b | B |\n"
        "| text | y | Y? |\n| end repeat | | |\n| end repeat | | |",
        [("sheet_nested", "survey!A4")],
    ),
    "a group that is never ended": (
        "survey\n| type | name | label |\n| begin group | a | A |\n| text | x | X? |",
        [("sheet_not_closed", "survey!A2")],
    ),
    "an end of nothing": (
        "survey\n| type | name | label |\n| text | x | X? |\n| end group | | |",
        [("sheet_closes_nothing", "survey!A3")],
    ),
    "a rule of an inner group": (
        "survey\n| type | name | label | relevant |\n| begin group | a | A | |\n| integer | x | X? | |\n"
        "| begin group | b | B | ${x} > 1 |\n| text | y | Y? | |\n| end group | | | |\n| end group | | | |",
        [("sheet_inner_relevant", "survey!D4")],
    ),
    "a rule of what is not there": (
        "survey\n| type | name | label | relevant |\n| integer | a | A? | |\n| text | b | B? | ${nobody} > 1 |",
        [("rule_unknown", "survey!D3")],
    ),
    "names that differ by case alone": (
        "survey\n| type | name | label |\n| text | Name | A? |\n| text | name | B? |",
        [("duplicate_question", "survey!B3")],
    ),
    "a name that begins with a digit": (
        "survey\n| type | name | label |\n| text | 1st | A? |",
        [("bad_id", "survey!B2")],
    ),
    "a question without words": ("survey\n| type | name | label |\n| text | a | |", [("missing", "survey!A2")]),
    "a list of choices that is not there": (
        "survey\n| type | name | label |\n| select_one nothing | a | A? |\n| select_one yes_no | b | B? |" + YES_NO,
        [("sheet_no_list", "survey!A2")],
    ),
    "a sheet of choices without any": (
        "survey\n| type | name | label |\n| select_one nothing | a | A? |\nchoices\n| list_name | name | label |",
        [("sheet_no_lists", "survey!A2")],
    ),
    "no sheet of choices": (
        "survey\n| type | name | label |\n| select_one one | a | A? |\n| select_one two | b | B? |",
        [("sheet_no_choices", "")],
    ),
    "a list of one choice": (
        "survey\n| type | name | label |\n| select_one yes_no | a | A? |"
        + YES_NO.removesuffix("| yes_no | no | No |\n"),
        [("too_few", "choices!A2")],
    ),
    "a list that no question uses": (
        "survey\n| type | name | label |\n| text | a | A? |" + YES_NO,
        [("unused_option_set", "choices!A2")],
    ),
    "limits that are no answers themselves": (
        "survey\n| type | name | label | constraint |\n| decimal | a | A? | . > 0.5 |\n| date | b | B? | . < today() |",
        [("sheet_strict", "survey!D2"), ("sheet_strict", "survey!D3")],
    ),
    "constraints that limit nothing": (
        "survey\n| type | name | label | constraint |\n| integer | a | A? | . = 5 |\n| date | b | B? | . > 5 |\n"
        "| select_multiple yes_no | c | C? | count-selected(.) <= 1 |" + YES_NO,
        [("sheet_constraint", "survey!D2"), ("sheet_constraint", "survey!D3"), ("sheet_ticked", "survey!D4")],
    ),
    "parameters": (
        "survey\n| type | name | label | parameters |\n| range | a | A? | start=0 end=1 step=0.1 |\n"
        "| select_one yes_no | b | B? | randomize=true |" + YES_NO,
        [("sheet_range", "survey!D2"), ("sheet_not_carried", "survey!D3")],
    ),
    "a sheet of something else": (
        "survey\n| type | name | label |\n| text | a | A? |\nentities\n| dataset | label |\n| e1 | l1 |",
        [("sheet_unknown", "entities")],
    ),
    "settings that mean nothing here": (
        "survey\n| type | name | label |\n| text | a | A? |\n"
        "settings\n| form_id | form_title | style |\n| t | T | pages |",
        [("sheet_not_carried", "settings!C2")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CARRIED)
def test_a_form_is_carried_over_and_can_be_asked(name: str) -> None:
    form, expected = CARRIED[name]
    made = draft(form)
    assert [line(finding, language("en")) for finding in made.checked()] == []
    asked = [(section["id"], question) for section in made.source["sections"] for question in section["questions"]]
    assert [(page, question["id"], question["type"]) for page, question in asked] == [row[:3] for row in expected]
    for (_, question), (*_, properties) in zip(asked, expected, strict=True):
        plain = {key: value for key, value in question.items() if key not in ("id", "type", "label", "questions")}
        assert {**plain, "label": question["label"]} == {"label": question["label"], **properties}
    assert Instrument(questionnaire_from(made.source), None).walk({}).pages


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_carried_over_is_told_at_its_cell(name: str) -> None:
    form, expected = REFUSED[name]
    assert sorted((one.code, one.pointer) for one in draft(form).checked()) == sorted(expected)


def test_the_rule_of_a_page_looks_over_pages() -> None:
    form, _ = CARRIED["a rule over pages, with selected"]
    assert draft(form).source["sections"][1]["show_when"] == {
        "any": [
            {"question": "one.which", "operator": "=", "answer": "no"},
            {"question": "one.n", "operator": ">", "answer": 3},
            {"question": "one.n", "operator": "exists", "answer": False},
        ]
    }


def test_the_welsh_of_a_form_comes_with_it() -> None:
    made = draft("""
survey
| type | name | label::English (en) | label::Welsh (cy) | hint::English (en) | hint::Welsh (cy) |
| select_one yes_no | ready | Are you ready? | Ydych chi’n barod? | Say so | Dywedwch |
choices
| list_name | name | label::English | label::Cymraeg |
| yes_no | yes | Yes | Ydw |
| yes_no | no | No | Nac ydw |
""")
    assert made.checked() == []
    assert {(entry.msgctxt, entry.msgstr) for entry in welsh_in(made)} == {
        ("trial.page_1.ready.label", "Ydych chi’n barod?"),
        ("trial.page_1.ready.hint", "Dywedwch"),
        ("trial.option_sets.yes_no.yes", "Ydw"),
        ("trial.option_sets.yes_no.no", "Nac ydw"),
    }


def test_a_form_does_not_say_its_year_or_who_answers() -> None:
    form, _ = CARRIED["text and integer"]
    found = draft_in(book(form), "form.xlsx").checked()
    assert [(one.code, one.pointer) for one in found] == [("sheet_says_too_little", "settings")]


CODES = {code for _, expected in REFUSED.values() for code, _ in expected} | {"sheet_says_too_little"}
