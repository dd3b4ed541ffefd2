"""Each check of meaning has a copy of a sound questionnaire, broken in one place, that triggers it and nothing else."""

from collections.abc import Callable
from time import process_time
from typing import Any

import pytest

from survey.languages import language
from survey.questionnaire import library
from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.checks import CHECKS, meaning_findings
from survey.questionnaire.checks.outline import Outline
from survey.questionnaire.findings import describe
from survey.questionnaire.shape import shape_findings
from tests.questionnaire.examples import DEFINITIONS, source

Breaking = Callable[[dict[str, Any]], object]


def question(whole: dict[str, Any], section: int, question_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in whole["sections"][section]["questions"] if item["id"] == question_id)
    return found


def worksheet(*, required: bool = False, **more: Any) -> Breaking:
    asked = {"id": "inputs", "type": "long_text", "label": "Inputs", "required": required}
    section = {"id": "paper", "title": "Paper", "worksheet": True, "questions": [asked], **more}
    return lambda whole: whole["sections"].append(section)


def item(whole: dict[str, Any], child_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(child for child in question(whole, 2, "items")["questions"] if child["id"] == child_id)
    return found


def add(section: int, **properties: Any) -> Breaking:
    """A question more at the end of a section."""
    extra = {"id": "extra", "type": "short_text", "label": "Extra"} | properties
    return lambda whole: whole["sections"][section]["questions"].append(extra)


def rule(section: int, *conditions: dict[str, Any], behaviour: str = "all") -> Breaking:
    """A question more at the end of a section, with this rule."""
    return add(section, show_when={behaviour: list(conditions)})


def change(section: int, question_id: str, **properties: Any) -> Breaking:
    return lambda whole: question(whole, section, question_id).update(properties)


def condition(name: str, operator: str, answer: Any = None, **more: Any) -> dict[str, Any]:
    return {"question": name, "operator": operator, **({} if answer is None else {"answer": answer}), **more}


def criteria_after_calculation(whole: dict[str, Any]) -> None:
    questions = whole["sections"][1]["questions"]
    questions[0], questions[1] = questions[1], questions[0]


def statement_in_group(whole: dict[str, Any]) -> None:
    question(whole, 2, "items")["questions"].append({"id": "note", "type": "statement", "label": "Note"})


def group_in_group(whole: dict[str, Any]) -> None:
    inner = {"id": "inner", "type": "group", "label": "Inner", "item_label": "Inner"}
    inner |= {"questions": [{"id": "x", "type": "date", "label": "When?"}]}
    question(whole, 2, "items")["questions"].append(inner)


def anonymous_with_autocomplete(whole: dict[str, Any]) -> None:
    whole["respondent"] = "anonymous"
    whole["sections"][2]["questions"] = [
        {"id": "name", "type": "short_text", "label": "Your name", "autocomplete": "name"}
    ]


def anonymous_with_format(whole: dict[str, Any]) -> None:
    whole["respondent"] = "anonymous"
    whole["sections"][2]["questions"] = [{"id": "tel", "type": "short_text", "label": "Number", "format": "phone"}]


LAST = "/sections/0/questions/10"
SHOWN_OVER = "/sections/2/questions/2"


def shown_in_group(whole: dict[str, Any]) -> None:
    item(whole, "title")["shows"] = ["start.one"]


LAST_OF_END = "/sections/2/questions/4/figure"


LAST_OF_ALL = {"code": "last", "label": "Last of all", "last": True}
UNFILTERED = [{"code": "z", "label": "Elsewhere"}, LAST_OF_ALL]
OF_A_AND_B = [
    {"code": "x", "label": "Same words", "belongs_to": "a"},
    {"code": "y", "label": "Same words", "belongs_to": "b"},
]
LONG = [{"code": f"c{number}", "label": f"Option {number}"} for number in range(101)]


def listed(options: list[dict[str, Any]], **properties: Any) -> Breaking:
    """A question more on the first page, with an option set of its own."""

    def change(whole: dict[str, Any]) -> None:
        whole["option_sets"]["listed"] = options
        add(0, **{"type": "list_choice", "option_set": "listed", **properties})(whole)

    return change


def anonymous_with_list(whole: dict[str, Any]) -> None:
    listed(LONG)(whole)
    whole["respondent"] = "anonymous"
    whole["sections"][2]["questions"] = [whole["sections"][0]["questions"].pop()]


def anonymous_with_figure(whole: dict[str, Any]) -> None:
    figure = {"id": "all", "type": "figure", "label": "All", "figure": {"count": ["asked"]}}
    anonymous_with(figure, first=True)(whole)


COUNTED = {"all": [{"question": "count", "operator": "=", "answer": 0}]}
END_OF_ONE = {
    "id": "end",
    "type": "ending",
    "label": "End",
    "show_when": {"all": [{"question": "start.count", "operator": "=", "answer": 0}]},
}


def anonymous_with(ending: dict[str, Any], *, first: bool = False) -> Breaking:
    """An anonymous questionnaire with an ending on its last page, after a question or before it."""
    asked = {"id": "asked", "type": "whole_number", "label": "How many?"}

    def change(whole: dict[str, Any]) -> None:
        whole["respondent"] = "anonymous"
        whole["sections"][2]["questions"] = [asked, ending] if first else [ending, asked]

    return change


def following(*questions: dict[str, Any], **properties: Any) -> Breaking:
    """A section more, which follows up the question “What is next?”."""
    words = {"id": "words", "type": "earlier_answer", "label": "You wrote"}
    section = {"id": "before", "title": "Before", "follows_up": "end.next_step", "questions": [words, *questions]}
    return lambda whole: whole["sections"].append(section | properties)


def anonymous_that_follows_up(whole: dict[str, Any]) -> None:
    whole["respondent"] = "anonymous"
    del whole["sections"][2]["questions"][3]
    following()(whole)


QUESTION: dict[str, Any] = {"id": "x", "type": "date", "label": "When?"}
AB = [{"code": "a", "label": "First"}, {"code": "b", "label": "Second"}]

# name of the check: (what is broken, code of the finding, its place)
BROKEN: list[tuple[str, Breaking, str, str]] = [
    (
        "duplicate_sections",
        lambda w: w["sections"].append(
            w["sections"][0] | {"questions": [{"id": "x", "type": "date", "label": "When?"}]}
        ),
        "duplicate_section",
        "/sections/3/id",
    ),
    ("duplicate_questions", add(0, id="count"), "duplicate_question", "/sections/0/questions/10/id"),
    (
        "duplicate_questions",
        lambda w: item(w, "more").update(id="kind", show_when={"all": [condition("title", "exists")]}),
        "duplicate_question",
        "/sections/2/questions/3/questions/2/id",
    ),
    ("duplicate_others", add(0, id="one_more"), "duplicate_other", "/sections/0/questions/1/options/2/other"),
    (
        "other_codes",
        lambda w: question(w, 0, "one")["options"][2].update(code="m-1"),
        "other_code",
        "/sections/0/questions/1/options/2/code",
    ),
    ("reserved_ids", lambda w: w["sections"][2].update(id="option_sets"), "reserved_id", "/sections/2/id"),
    (
        "reserved_ids",
        lambda w: item(w, "title").update(id="id"),
        "reserved_id",
        "/sections/2/questions/3/questions/0/id",
    ),
    (
        "duplicate_codes",
        lambda w: question(w, 0, "one")["options"][0].update(code="b"),
        "duplicate_code",
        "/sections/0/questions/1/options/1/code",
    ),
    (
        "duplicate_codes",
        lambda w: w["option_sets"]["how_far"][1].update(code="low"),
        "duplicate_code",
        "/option_sets/how_far/1/code",
    ),
    (
        "duplicate_parts",
        lambda w: question(w, 0, "table")["rows"][1].update(id="r1"),
        "duplicate_part",
        "/sections/0/questions/9/rows/1/id",
    ),
    (
        "unknown_option_sets",
        change(0, "order", option_set="how_much"),
        "unknown_option_set",
        "/sections/0/questions/8/option_set",
    ),
    ("unused_option_sets", lambda w: w["option_sets"].update(spare=AB), "unused_option_set", "/option_sets/spare"),
    (
        "unknown_row_groups",
        lambda w: question(w, 0, "table")["rows"][1].update(group="h"),
        "unknown_row_group",
        "/sections/0/questions/9/rows/1/group",
    ),
    (
        "unused_row_groups",
        lambda w: question(w, 0, "table")["row_groups"].append({"id": "h", "label": "More lines"}),
        "unused_row_group",
        "/sections/0/questions/9/row_groups/1",
    ),
    (
        "followed_questions",
        following(follows_up="end.next"),
        "follows_unknown",
        "/sections/3/follows_up",
    ),
    (
        "followed_questions",
        following(follows_up="before.words"),
        "follows_unknown",
        "/sections/3/follows_up",
    ),
    (
        "followed_questions",
        following(follows_up="end.enabler_money"),
        "follows_no_text",
        "/sections/3/follows_up",
    ),
    ("followers_of_clusters", anonymous_that_follows_up, "follows_people", "/sections/3/follows_up"),
    ("followers_asked_once", following(for_each="assigned_outcomes"), "follows_for_each", "/sections/3/for_each"),
    (
        "contents_of_followers",
        following({"id": "list", "type": "group", "label": "List", "item_label": "One", "questions": [QUESTION]}),
        "follows_with_group",
        "/sections/3/questions/1/type",
    ),
    (
        "earlier_answers_in_place",
        add(0, type="earlier_answer"),
        "quotes_nothing",
        "/sections/0/questions/10/type",
    ),
    (
        "repeated_sections",
        lambda w: (
            following({**QUESTION, "id": "went"})(w)
            or w["sections"].append(
                {
                    "id": "after",
                    "title": "After",
                    "questions": [QUESTION | {"show_when": {"all": [condition("before.went", "exists")]}}],
                }
            )
        ),
        "rule_repeated_section",
        "/sections/4/questions/0/show_when/all/0/question",
    ),
    ("outcome_needed", add(0, type="maturity", option_set="levels"), "needs_outcome", "/sections/0/questions/10/type"),
    ("group_contents", statement_in_group, "not_in_group", "/sections/2/questions/3/questions/3/type"),
    ("group_contents", group_in_group, "not_in_group", "/sections/2/questions/3/questions/3/type"),
    (
        "groups_of_clusters",
        lambda w: w.update(respondent="anonymous"),
        "group_of_people",
        "/sections/2/questions/3/type",
    ),
    (
        "autocomplete_of_clusters",
        anonymous_with_autocomplete,
        "autocomplete_of_people",
        "/sections/2/questions/0/autocomplete",
    ),
    ("criteria_before_calculation", criteria_after_calculation, "no_criteria", "/sections/1/questions/0"),
    ("one_criteria_question", add(1, type="criteria", option_set="states"), "two_criteria", "/sections/1/questions/4"),
    ("level_rule_present", lambda w: w.pop("level_rule"), "no_level_rule", "/sections/1/questions/1"),
    ("framework_present", lambda w: w.pop("framework"), "no_framework", "/sections/1/for_each"),
    ("level_rule_codes", lambda w: w["level_rule"].update(met=["done"]), "level_rule_code", "/level_rule/met/0"),
    (
        "level_rule_overlap",
        lambda w: w["level_rule"].update(left_out=["in_place"]),
        "level_rule_overlap",
        "/level_rule/left_out/0",
    ),
    ("level_rule_below", lambda w: w["level_rule"].update(below="nowhere"), "below_code", "/level_rule/below"),
    ("worksheets_of_outcomes", worksheet(), "worksheet_of_nothing", "/sections/3/worksheet"),
    (
        "optional_worksheets",
        worksheet(required=True, for_each="assigned_outcomes"),
        "not_in_worksheet",
        "/sections/3/questions/0/required",
    ),
    ("ranges", change(0, "share", minimum=2), "empty_range", "/sections/0/questions/5/minimum"),
    (
        "ranges",
        add(0, type="date", earliest="2026-05-02", latest="2026-05-01"),
        "empty_time",
        "/sections/0/questions/10/earliest",
    ),
    ("days", add(0, type="date", latest="2026-02-29"), "not_date", "/sections/0/questions/10/latest"),
    (
        "unknown_names",
        add(0, type="date", latest={"answer_of": "day"}),
        "named_unknown",
        "/sections/0/questions/10/latest/answer_of",
    ),
    (
        "later_names",
        add(0, type="date", latest={"answer_of": "extra"}),
        "named_later",
        "/sections/0/questions/10/latest/answer_of",
    ),
    (
        "kinds_of_answers",
        add(0, type="date", earliest={"answer_of": "table"}),
        "named_kind",
        "/sections/0/questions/10/earliest/answer_of",
    ),
    (
        "unknown_names",
        add(0, type="date", earliest={"answer_of": "begn"}),
        "named_misspelt",
        "/sections/0/questions/10/earliest/answer_of",
    ),
    (
        "kinds_of_answers",
        add(0, type="date", earliest={"answer_of": "count"}),
        "named_kind",
        "/sections/0/questions/10/earliest/answer_of",
    ),
    ("lists_to_search", listed(LONG, type="single_choice"), "list_to_search", f"{LAST}/option_set"),
    ("lists_of_people", anonymous_with_list, "list_of_people", "/sections/2/questions/0/option_set"),
    ("filters_of_one_option", listed(UNFILTERED, filtered_by="many"), "filter_kind", f"{LAST}/filtered_by"),
    (
        "options_that_belong",
        listed([*UNFILTERED, {"code": "w", "label": "Nowhere", "belongs_to": "z"}], filtered_by="one"),
        "belongs_to_nothing",
        "/option_sets/listed/2/belongs_to",
    ),
    (
        "options_that_belong",
        listed([*UNFILTERED, OF_A_AND_B[0]]),
        "belongs_to_nothing",
        "/option_sets/listed/2/belongs_to",
    ),
    (
        "filters_that_leave_something",
        listed(OF_A_AND_B, filtered_by="one"),
        "filter_leaves_nothing",
        f"{LAST}/filtered_by",
    ),
    ("last_of_lists", listed(UNFILTERED, type="single_choice"), "last_as_written", "/option_sets/listed/1/last"),
    ("unknown_names", add(2, shows=["start.zebra"]), "named_unknown", "/sections/2/questions/4/shows/0"),
    ("later_names", change(0, "one", shows=["end.next_step"]), "named_later", "/sections/0/questions/1/shows/0"),
    ("shown_on_their_own_page", change(2, "next_step", shows=["enabler_money"]), "shown_here", f"{SHOWN_OVER}/shows/0"),
    ("unknown_names", shown_in_group, "named_outside_group", "/sections/2/questions/3/questions/0/shows/0"),
    ("repeated_sections", add(2, shows=["each.level"]), "named_repeated_section", "/sections/2/questions/4/shows/0"),
    ("answerless_names", add(2, shows=["start.hello"]), "named_no_answer", "/sections/2/questions/4/shows/0"),
    ("later_names", listed(UNFILTERED, filtered_by="extra"), "named_later", f"{LAST}/filtered_by"),
    (
        "duplicate_labels",
        listed([*OF_A_AND_B, {"code": "w", "label": "same words"}], filtered_by="one"),
        "duplicate_label",
        "/option_sets/listed/2/label",
    ),
    ("figures_of_clusters", anonymous_with_figure, "figure_of_people", "/sections/2/questions/1/type"),
    ("kinds_of_figures", add(0, type="figure", figure={"sum": ["count", "one"]}), "figure_kind", f"{LAST}/figure/sum"),
    (
        "unknown_names",
        add(0, type="figure", figure={"mean": ["count", "age"]}),
        "named_unknown",
        f"{LAST}/figure/mean/1",
    ),
    (
        "unknown_names",
        add(2, type="figure", figure={"count": ["items/age"]}),
        "named_unknown",
        f"{LAST_OF_END}/count/0",
    ),
    ("kinds_of_figures", add(2, type="figure", figure={"sum": ["items/title"]}), "figure_kind", f"{LAST_OF_END}/sum"),
    ("later_names", add(0, type="figure", figure={"count": ["extra"]}), "named_later", f"{LAST}/figure/count/0"),
    (
        "endings_of_people",
        add(0, type="ending", show_when=COUNTED),
        "ending_of_clusters",
        "/sections/0/questions/10/type",
    ),
    (
        "endings_with_rules",
        anonymous_with({"id": "end", "type": "ending", "label": "End"}, first=True),
        "ending_of_everybody",
        "/sections/2/questions/1",
    ),
    ("endings_last", anonymous_with(END_OF_ONE), "ending_in_between", "/sections/2/questions/0"),
    ("formats_of_clusters", anonymous_with_format, "format_of_people", "/sections/2/questions/0/format"),
    ("most_of_options", change(0, "order", most=3), "most_of_few", "/sections/0/questions/8/most"),
    (
        "exclusive_options",
        lambda w: question(w, 0, "many")["options"][0].update(exclusive=True),
        "all_exclusive",
        "/sections/0/questions/2/options",
    ),
    (
        "middles_of_scales",
        add(0, type="scale", options=[{"code": code, "label": code, "middle": code != "y"} for code in "xyz"]),
        "two_middles",
        f"{LAST}/options/2/middle",
    ),
    (
        "middles_of_scales",
        lambda w: [w["option_sets"]["states"][at].update(middle=True) for at in (0, 2)],
        "two_middles",
        "/option_sets/states/2/middle",
    ),
    (
        "unknown_names",
        rule(0, condition("start.nothing", "exists")),
        "rule_unknown",
        "/sections/0/questions/10/show_when/all/0/question",
    ),
    (
        "unknown_names",
        rule(0, condition("cuont", "exists")),
        "rule_misspelt",
        "/sections/0/questions/10/show_when/all/0/question",
    ),
    (
        "unknown_names",
        lambda w: item(w, "more").update(show_when={"all": [condition("next_step", "exists")]}),
        "rule_outside_group",
        "/sections/2/questions/3/questions/2/show_when/all/0/question",
    ),
    (
        "later_names",
        change(0, "one", show_when={"all": [condition("count", "exists")]}),
        "rule_later",
        "/sections/0/questions/1/show_when/all/0/question",
    ),
    (
        "later_names",
        change(0, "began", show_when={"all": [condition("began", "exists")]}),
        "rule_later",
        "/sections/0/questions/6/show_when/all/0/question",
    ),
    (
        "later_names",
        lambda w: w["sections"][2].update(show_when={"all": [condition("next_step", "exists")]}),
        "rule_later",
        "/sections/2/show_when/all/0/question",
    ),
    (
        "repeated_sections",
        rule(2, condition("each.level", "exists")),
        "rule_repeated_section",
        "/sections/2/questions/4/show_when/all/0/question",
    ),
    (
        "answerless_names",
        rule(0, condition("hello", "exists")),
        "rule_no_answer",
        "/sections/0/questions/10/show_when/all/0/question",
    ),
    (
        "answers_of_several_parts",
        rule(0, condition("table", "=", "low")),
        "rule_only_exists",
        "/sections/0/questions/10/show_when/all/0/question",
    ),
    (
        "unknown_codes",
        rule(0, condition("one", "!=", "z")),
        "rule_not_an_option",
        "/sections/0/questions/10/show_when/all/0/answer",
    ),
    (
        "order_of_codes",
        rule(0, condition("one", ">", "a")),
        "rule_order",
        "/sections/0/questions/10/show_when/all/0/operator",
    ),
    (
        "kinds_of_answers",
        rule(0, condition("count", "!=", "5")),
        "rule_kind",
        "/sections/0/questions/10/show_when/all/0/answer",
    ),
    (
        "kinds_of_answers",
        rule(0, condition("one", "=", answer_of="count")),
        "rule_kind",
        "/sections/0/questions/10/show_when/all/0/answer_of",
    ),
    (
        "dates",
        rule(0, condition("ends", ">", "29/02/2025")),
        "rule_no_date",
        "/sections/0/questions/10/show_when/all/0/answer",
    ),
    (
        "dates",
        rule(0, condition("ends", "=", "2025-02-29")),
        "rule_no_date",
        "/sections/0/questions/10/show_when/all/0/answer",
    ),
    (
        "unreachable",
        rule(0, condition("one", "=", "a"), condition("one", "=", "b")),
        "unreachable",
        "/sections/0/questions/10/show_when",
    ),
    ("straight_quotes", change(0, "one", hint="Don't choose two."), "straight_quote", "/sections/0/questions/1/hint"),
    ("straight_quotes", lambda w: w.update(title='A "whole" one'), "straight_quote", "/title"),
    ("two_blanks", lambda w: w["sections"][0].update(text="We  begin."), "two_blanks", "/sections/0/text"),
    (
        "duplicate_labels",
        lambda w: question(w, 0, "one")["options"][1].update(label="FIRST"),
        "duplicate_label",
        "/sections/0/questions/1/options/1/label",
    ),
    (
        "unseen_characters",
        change(0, "one", label="On\u200be?"),
        "unseen_character",
        "/sections/0/questions/1/label",
    ),
    (
        "unseen_characters",
        change(0, "one", label="On\u202ee?"),
        "unseen_character",
        "/sections/0/questions/1/label",
    ),
    ("taken_in", change(0, "one", label="Who is ${name}?"), "taken_in", "/sections/0/questions/1/label"),
    ("taken_in", lambda w: w["sections"][0].update(text="You are {start.one}."), "taken_in", "/sections/0/text"),
    ("look_alikes", change(0, "one", label="Which \u043ene?"), "look_alike", "/sections/0/questions/1/label"),
    ("other_forms", change(0, "one", label="\uff37hich one?"), "other_form", "/sections/0/questions/1/label"),
    ("other_forms", change(0, "one", label="Which \ufb01le?"), "other_form", "/sections/0/questions/1/label"),
    ("other_forms", change(0, "one", label="In \uff12026?"), "other_form", "/sections/0/questions/1/label"),
    ("lengths", lambda w: w["sections"][0].update(title="Start " * 20 + "now"), "too_long", "/sections/0/title"),
    ("was_current", change(2, "next_step", was="items"), "was_current", "/sections/2/questions/2/was"),
    ("was_twice", add(2, was="plan"), "was_twice", "/sections/2/questions/4/was"),
    (
        "sensitivity_of_clusters",
        change(2, "next_step", sensitivity="ordinary"),
        "sensitivity_of_clusters",
        "/sections/2/questions/2/sensitivity",
    ),
    ("since_later", change(2, "next_step", since="2027"), "since_later", "/sections/2/questions/2/since"),
    ("since_and_was", change(2, "next_step", since="2026"), "since_and_was", "/sections/2/questions/2/since"),
    ("measure_twice", add(2, type="long_text", measure="action"), "measure_twice", "/sections/2/questions/4/measure"),
    ("measure_types", add(2, type="date", measure="change"), "measure_type", "/sections/2/questions/4/measure"),
    (
        "comments_of_enablers",
        add(2, id="enabler_time_comment", measure="enabler_comment"),
        "comment_of_nothing",
        "/sections/2/questions/4/id",
    ),
]
CODES = {code for _, _, code, _ in BROKEN}


@pytest.mark.parametrize(("check", "break_it", "code", "place"), BROKEN)
def test_each_check_finds_its_fault_and_no_other_does(check: str, break_it: Breaking, code: str, place: str) -> None:
    broken = source("whole")
    break_it(broken)
    assert shape_findings("questionnaire", broken, "whole.json") == []
    found = meaning_findings("questionnaire", broken, "whole.json")
    assert [(finding.code, finding.pointer) for finding in found] == [(code, place)]
    finder = next(function for function in CHECKS["questionnaire"] if function.__name__ == check)
    assert list(finder(Outline(broken, "whole.json"))) == found
    assert "%" not in describe(found[0], language("en"))


def test_letters_with_accents_and_signs_of_measures_are_no_other_forms() -> None:
    whole = source("whole")
    change(0, "one", label="Faint o dŵr sydd yn y tŷ: ½ l, 2 m² neu 3 µg… ™?")(whole)
    assert meaning_findings("questionnaire", whole, "whole.json") == []


def test_every_check_has_a_broken_copy() -> None:
    assert {check for check, _, _, _ in BROKEN} == {function.__name__ for function in CHECKS["questionnaire"]}


@pytest.mark.parametrize("path", sorted(DEFINITIONS.glob("*.json")), ids=lambda path: path.stem)
def test_the_tiny_definitions_are_sound(path: Any) -> None:
    examined = library.examine(path)
    assert examined.findings == ()
    if examined.kind == "questionnaire" and examined.source is not None:
        questionnaire_from(examined.source)


UNREACHABLE: list[tuple[str, list[dict[str, Any]], bool]] = [
    ("two codes of one answer", [condition("one", "=", "a"), condition("one", "=", "b")], True),
    ("a code and not that code", [condition("one", "=", "a"), condition("one", "!=", "a")], True),
    ("none of the codes", [condition("one", "!=", code) for code in ("a", "b", "more")], True),
    ("answered and not answered", [condition("one", "exists", True), condition("one", "exists", False)], True),
    ("a comparison with what is not answered", [condition("one", "=", "a"), condition("one", "exists", False)], True),
    ("a number out of bounds", [condition("count", ">", 10)], True),
    ("a number between neighbours", [condition("count", ">", 4), condition("count", "<", 4)], True),
    ("a number that excludes its bound", [condition("count", ">=", 4), condition("count", "<", 4)], True),
    ("a day between neighbours", [condition("ends", ">", "2026-01-31"), condition("ends", "<", "2026-01-31")], True),
    (
        "a day later than a later one",
        [condition("ends", "=", "2026-01-31"), condition("ends", ">", "2026-02-01")],
        True,
    ),
    ("one exact day", [condition("ends", ">=", "2026-01-31"), condition("ends", "<=", "2026-01-31")], False),
    ("an exclusive option beside another", [condition("many", "=", "a"), condition("many", "=", "none")], True),
    ("what is shown only otherwise", [condition("one", "=", "a"), condition("one_more", "exists", True)], True),
    ("two options of a multiple choice", [condition("many", "=", "a"), condition("many", "=", "b")], False),
    ("one exact number", [condition("count", ">=", 4), condition("count", "<=", 4)], False),
    ("another question", [condition("one", "=", "a"), condition("count", "=", 4)], False),
    ("one of two ways", [condition("many_more", "exists", True), condition("one", "=", "a")], False),
    (
        "either way is closed",
        [condition("many_more", "exists", True), condition("one", "=", "a"), condition("count", "<", 5)],
        True,
    ),
]


@pytest.mark.parametrize(("conditions", "never"), [row[1:] for row in UNREACHABLE], ids=[row[0] for row in UNREACHABLE])
def test_a_rule_that_can_never_hold_is_found(conditions: list[dict[str, Any]], never: bool) -> None:
    whole = source("whole")
    rule(0, *conditions)(whole)
    codes = [finding.code for finding in meaning_findings("questionnaire", whole, "whole.json")]
    assert codes == (["unreachable"] if never else [])


def ruled(section: int, *conditions: dict[str, Any]) -> Breaking:
    """A section with this rule."""
    return lambda whole: whole["sections"][section].update(show_when={"all": list(conditions)})


def figured(operation: str, names: list[str], operator: str, answer: float) -> Breaking:
    """A figure, and a question that is asked when it compares like this."""

    def change(whole: dict[str, Any]) -> None:
        add(2, id="sum", type="figure", figure={operation: names})(whole)
        rule(2, condition("sum", operator, answer))(whole)

    return change


A, B = condition("start.one", "=", "a"), condition("start.one", "=", "b")
NOWHERE: list[tuple[str, list[Breaking], list[str]]] = [
    ("its section's rule is at odds with its own", [ruled(2, A), rule(2, B)], ["/sections/2/questions/4"]),
    ("its section's rule agrees with its own", [ruled(2, A), rule(2, A)], []),
    (
        "it looks into a section that is asked only otherwise",
        [
            ruled(2, A),
            lambda whole: whole["sections"].append(
                {
                    "id": "after",
                    "title": "After",
                    "show_when": {"all": [condition("end.next_step", "exists"), B]},
                    "questions": [{"id": "why", "type": "long_text", "label": "Why?"}],
                }
            ),
        ],
        ["/sections/3"],
    ),
    (
        "its group is asked only otherwise",
        [
            ruled(2, A),
            change(2, "items", show_when={"all": [B]}),
            lambda whole: item(whole, "more").update(show_when={"all": [condition("title", "exists")]}),
        ],
        ["/sections/2/questions/3", "/sections/2/questions/3/questions/2"],
    ),
    (
        "a rule compares with an answer that is not there",
        [
            add(0, id="other", type="whole_number", show_when={"all": [condition("one", "=", "a")]}),
            rule(0, condition("count", "=", answer_of="other"), condition("one", "=", "b")),
        ],
        ["/sections/0/questions/11"],
    ),
    ("more than all numbers come to", [figured("sum", ["start.count", "start.count"], ">", 20)], ["figured"]),
    ("as much as all numbers come to", [figured("sum", ["start.count", "start.count"], "=", 20)], []),
    ("a mean above the largest", [figured("mean", ["start.count", "start.share"], ">", 10)], ["figured"]),
    ("a difference of more than all", [figured("difference", ["start.count", "start.count"], "<", -10)], ["figured"]),
    ("more answers than questions", [figured("count", ["start.one", "start.count"], ">", 2)], ["figured"]),
    ("more items than one", [figured("count", ["items"], ">", 20)], []),
    (
        "a figure of what is asked only otherwise",
        [
            add(0, id="other", type="whole_number", show_when={"all": [condition("one", "=", "a")]}),
            add(0, id="mean", type="figure", figure={"mean": ["other"]}),
            rule(0, condition("mean", "exists"), condition("one", "=", "b")),
        ],
        ["/sections/0/questions/12"],
    ),
]


@pytest.mark.parametrize(("changes", "places"), [row[1:] for row in NOWHERE], ids=[row[0] for row in NOWHERE])
def test_what_no_answers_lead_to_is_found(changes: list[Breaking], places: list[str]) -> None:
    whole = source("whole")
    for make in changes:
        make(whole)
    found = [(finding.code, finding.pointer) for finding in meaning_findings("questionnaire", whole, "whole.json")]
    named = {"figured": "/sections/2/questions/5"}
    assert found == [("unreachable", f"{named.get(place, place)}/show_when") for place in places]


def test_the_end_of_a_chain_of_500_questions_is_found_to_lead_nowhere() -> None:
    whole = source("whole")
    previous = "one"
    for number in range(500):
        conditions = [condition(previous, "=", "a" if previous == "one" else 1)]
        add(0, id=f"link_{number}", type="whole_number", show_when={"all": conditions})(whole)
        previous = f"link_{number}"
    rule(0, condition(previous, "=", 1), condition("one", "=", "b"))(whole)
    began = process_time()
    found = meaning_findings("questionnaire", whole, "whole.json")
    assert process_time() - began < 1
    assert [finding.pointer for finding in found] == ["/sections/0/questions/510/show_when"]


def test_one_open_way_is_enough_for_any() -> None:
    whole = source("whole")
    rule(0, condition("count", ">", 10), condition("one", "=", "a"), behaviour="any")(whole)
    assert meaning_findings("questionnaire", whole, "whole.json") == []


def test_rules_of_rules_are_followed_only_so_far() -> None:
    whole = source("whole")
    previous = ["one", "count"]
    for number in range(40):
        conditions = [condition(name, "exists", True) for name in previous]
        add(0, id=f"deep_{number}", type="whole_number", show_when={"any": conditions})(whole)
        previous = [previous[-1], f"deep_{number}"]
    rule(0, condition(previous[-1], ">", 5), condition("one", "=", "a"), condition("one", "=", "b"))(whole)
    codes = [finding.code for finding in meaning_findings("questionnaire", whole, "whole.json")]
    assert codes in ([], ["unreachable"])


def test_all_faults_come_at_once() -> None:
    broken = source("whole")
    for _, break_it, code, _ in BROKEN:
        if code in {"straight_quote", "empty_range", "unused_option_set"}:
            break_it(broken)
    assert {finding.code for finding in meaning_findings("questionnaire", broken, "f")} == {
        "straight_quote",
        "empty_range",
        "unused_option_set",
    }
