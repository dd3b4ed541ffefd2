"""Every value of every response worked out a second time, from the stored JSON and the frozen definition."""

from typing import Any

from tests.reporting.second_path import C, Stored, X, Z

TEXTS = ("short_text", "long_text", "link", "earlier_answer")


def variables(stored: Stored) -> list[dict[str, Any]]:
    """Every variable by hand, from the frozen definition: page, question, part, and the kind of value.

    What a cluster writes in a worksheet is its own, and none.
    """
    found = []
    submitted = [section for section in stored.definition["sections"] if not section.get("worksheet")]
    assert len(submitted) < len(stored.definition["sections"])
    for section in submitted:
        if section.get("follows_up"):
            followed = dict.fromkeys(outcome["id"] for outcome in stored.framework["outcomes"])
            found += [
                {"page": section["id"], "question": f"{question['id']}-{outcome}", "type": question["type"]}
                for outcome in followed
                if outcome in {about for _, about in stored.followed()}
                for question in section["questions"]
            ]
            continue
        repeats = section.get("for_each")
        for page in [f"{section['id']}/{code}" for code in stored.outcomes] if repeats else [section["id"]]:
            for question in section["questions"]:
                if question["id"] != "name":
                    found += of_question(stored, page, question)
                    found += [
                        {"page": page, "question": f"{question['id']}_{option['code']}", "type": "short_text"}
                        for option in question.get("options", [])
                        if "other" in option
                    ]
    return [variable | {"name": name_of(variable)} for variable in found]


def of_question(stored: Stored, page: str, question: dict[str, Any]) -> list[dict[str, Any]]:
    base = {
        "page": page,
        "question": question["id"],
        "type": question["type"],
        "option_set": question.get("option_set"),
    }
    if question["type"] == "criteria":
        outcome = next(one for one in stored.framework["outcomes"] if page.endswith(one["id"]))
        return [base | {"part": criterion["id"]} for criterion in outcome["criteria"]]
    if question["type"] == "multiple_choice":
        return [base | {"part": option["code"]} for option in options_of(stored, question)]
    if question["type"] == "ranking":
        return [base | {"part": option["code"]} for option in options_of(stored, question)]
    if question["type"] == "matrix":
        return [
            base | {"part": f"{row['id']}.{column['id']}", "option_set": column["option_set"]}
            for row in question["rows"]
            for column in question["columns"]
        ]
    if question["type"] == "group":
        most = max(len(stored.answer(code, page, question["id"]) or ()) for code in stored.clusters)
        return [
            variable | {"page": page, "question": question["id"], "item": item, "child": child["id"]}
            for item in range(1, most + 1)
            for child in question["questions"]
            for variable in of_question(stored, page, child)
        ]
    return [base]


def options_of(stored: Stored, question: dict[str, Any]) -> list[dict[str, Any]]:
    own = question.get("options")
    return list(own or stored.definition["option_sets"].get(question.get("option_set", ""), []))


def name_of(variable: dict[str, Any]) -> str:
    parts = [variable["page"].replace("/", "."), variable["question"]]
    parts += [str(variable["item"]), variable["child"]] if "item" in variable else []
    parts += [variable["part"]] if "part" in variable else []
    return ".".join(parts)


def value(stored: Stored, cluster: str, variable: dict[str, Any]) -> Any:
    """The value a variable has for a cluster, or the shorthand that stands for there being none."""
    submission = stored.counted(cluster)
    page = variable["page"]
    if "/" in page and page.split("/")[1] not in stored.assigned(cluster):
        return Z
    name, _, about = variable["question"].partition("-")
    before = stored.action_before(cluster, about) if about else None
    if about and before is None:
        return Z
    if submission is None:
        return X
    if before is not None and name == "words":
        return before[0]
    answers = submission["pages"].get(page, {}).get("answers", {})
    if "item" in variable:
        items = answers.get(variable["question"], [])
        if len(items) < variable["item"]:
            return Z
        item = items[variable["item"] - 1]
        if (
            variable["type"] in TEXTS
            and variable["child"] in item
            and page == "good_practice"
            and item.get("share") != "beyond"
        ):
            return C
        return part_of(item.get(variable["child"]), variable)
    if not asked(stored, cluster, variable, answers):
        return Z
    if variable["type"] == "calculated":
        return stored.indicated(cluster, page.split("/")[1]) or X
    return part_of(answers.get(variable["question"]), variable)


def asked(stored: Stored, cluster: str, variable: dict[str, Any], answers: dict[str, Any]) -> bool:
    """The questionnaire's five rules, by hand."""
    question = variable["question"]
    if question == "participants_others":
        return "others" in answers.get("participants", [])
    if question == "help_from":
        return "help_wanted" in answers
    if question == "reservations":
        return answers.get("agreed") == "with_reservations"
    if question in ("indicated_level", "level_difference"):
        indicated = stored.indicated(cluster, variable["page"].split("/")[1])
        return indicated is not None and (question == "indicated_level" or indicated != answers["level"])
    return True


def part_of(answer: Any, variable: dict[str, Any]) -> Any:
    if answer is None:
        return X
    if variable["type"] == "multiple_choice":
        return int(variable["part"] in answer)
    if variable["type"] == "criteria":
        return answer.get(variable["part"], X)
    if variable["type"] == "ranking":
        return answer.index(variable["part"]) + 1 if variable["part"] in answer else 0
    if variable["type"] == "matrix":
        row, column = variable["part"].split(".")
        return answer.get(row, {}).get(column, X)
    return answer
