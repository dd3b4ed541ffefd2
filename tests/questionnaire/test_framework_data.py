"""The framework and the clusters as data: complete, of the right shape, and in both languages."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[2]
QUESTIONNAIRES = ROOT / "questionnaires"
FRAMEWORK_FILE = QUESTIONNAIRES / "frameworks" / "cluster-development-framework-2022.json"
CLUSTERS_FILE = QUESTIONNAIRES / "clusters" / "clusters-2026.json"
WELSH_FILE = ROOT / "translations" / "cy" / "LC_MESSAGES" / "framework.po"
TEMPLATE_FILE = ROOT / "translations" / "framework.pot"
ALLOWED_WORDS_FILE = ROOT / "translations" / "cy" / "allowed-words.txt"

# Criteria at foundation, developing and mature level, as counted in the source document.
PCMW_CRITERIA = {
    "pcmw-01": (3, 2, 3),
    "pcmw-02": (2, 4, 5),
    "pcmw-03": (4, 3, 2),
    "pcmw-04": (2, 2, 7),
    "pcmw-05": (3, 5, 5),
    "pcmw-06": (1, 1, 1),
    "pcmw-07": (5, 4, 3),
    "pcmw-08": (3, 3, 4),
    "pcmw-09": (2, 2, 3),
    "pcmw-10": (2, 1, 1),
    "pcmw-11": (2, 1, 1),
    "pcmw-12": (2, 1, 1),
    "pcmw-13": (4, 6, 4),
}
ACD_CRITERIA = {"acd-01": 4, "acd-02": 4, "acd-03": 3, "acd-04": 2, "acd-05": 2, "acd-06": 2, "acd-07": 2}
LEVELS = ["foundation", "developing", "mature"]
LEVEL_LETTERS = {"foundation": "f", "developing": "d", "mature": "m", None: "s"}

CLUSTERS_PER_BOARD = {
    "aneurin-bevan": 11,
    "betsi-cadwaladr": 14,
    "cardiff-and-vale": 9,
    "cwm-taf-morgannwg": 8,
    "hywel-dda": 7,
    "powys": 3,
    "swansea-bay": 8,
}


def read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


FRAMEWORK = read(FRAMEWORK_FILE)
CLUSTERS = read(CLUSTERS_FILE)
OUTCOMES = {outcome["id"]: outcome for outcome in FRAMEWORK["outcomes"]}
CRITERIA = [criterion for outcome in FRAMEWORK["outcomes"] for criterion in outcome["criteria"]]


def english_texts() -> Iterator[tuple[str, str]]:
    """The context and the English of every text in the framework, in its order."""
    yield "framework.title", FRAMEWORK["title"]
    for module in FRAMEWORK["modules"]:
        yield f"framework.{module['id']}.name", module["name"]
        yield f"framework.{module['id']}.short_name", module["short_name"]
    for level in FRAMEWORK["levels"]:
        yield f"framework.{level['id']}.name", level["name"]
        yield f"framework.{level['id']}.description", level["description"]
    for outcome in FRAMEWORK["outcomes"]:
        yield f"framework.{outcome['id']}.name", outcome["name"]
        yield f"framework.{outcome['id']}.purpose", outcome["purpose"]
        for criterion in outcome["criteria"]:
            yield f"framework.{criterion['id']}.text", criterion["text"]
            for number, part in enumerate(criterion.get("parts", []), start=1):
                yield f"framework.{criterion['id']}.parts.{number}", part


ENGLISH = list(english_texts())
WELSH = polib.pofile(str(WELSH_FILE), wrapwidth=0)


@pytest.mark.parametrize(("file", "schema"), [(FRAMEWORK_FILE, "framework"), (CLUSTERS_FILE, "clusters")])
def test_data_are_valid_under_the_schema_they_name(file: Path, schema: str) -> None:
    data = read(file)
    schema_file = (file.parent / data["$schema"]).resolve()
    assert schema_file == QUESTIONNAIRES / "schema" / f"{schema}.schema.json"
    rules = read(schema_file)
    Draft202012Validator.check_schema(rules)
    validator = Draft202012Validator(rules, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(data)] == []
    assert data["id"] == file.stem


@pytest.mark.parametrize("file", [FRAMEWORK_FILE, CLUSTERS_FILE])
def test_a_property_that_the_schema_does_not_know_is_refused(file: Path) -> None:
    data = read(file)
    schema = read((file.parent / data["$schema"]).resolve())
    faults = list(Draft202012Validator(schema).iter_errors(data | {"titel": "x"}))
    assert len(faults) == 1
    assert "titel" in faults[0].message


def test_outcomes_are_thirteen_of_pcmw_and_seven_of_acd_in_order() -> None:
    assert list(OUTCOMES) == [*PCMW_CRITERIA, *ACD_CRITERIA]
    for outcome in OUTCOMES.values():
        assert outcome["id"] == f"{outcome['module']}-{outcome['number']:02}"
    assert [module["id"] for module in FRAMEWORK["modules"]] == ["pcmw", "acd"]
    assert [level["id"] for level in FRAMEWORK["levels"]] == LEVELS


@pytest.mark.parametrize(("outcome", "expected"), PCMW_CRITERIA.items())
def test_maturity_criteria_by_level(outcome: str, expected: tuple[int, int, int]) -> None:
    levels = [criterion["level"] for criterion in OUTCOMES[outcome]["criteria"]]
    counted = Counter(levels)
    assert (counted["foundation"], counted["developing"], counted["mature"]) == expected
    assert levels == sorted(levels, key=LEVELS.index), "the lowest level comes first"


@pytest.mark.parametrize(("outcome", "expected"), ACD_CRITERIA.items())
def test_success_criteria_have_no_level(outcome: str, expected: int) -> None:
    criteria = OUTCOMES[outcome]["criteria"]
    assert len(criteria) == expected
    assert all("level" not in criterion for criterion in criteria)


def test_criteria_in_all() -> None:
    counted = Counter(criterion.get("level") for criterion in CRITERIA)
    assert counted == {"foundation": 35, "developing": 35, "mature": 40, None: 19}


def test_criterion_ids_say_outcome_level_and_place() -> None:
    for outcome in OUTCOMES.values():
        seen: Counter[str] = Counter()
        for criterion in outcome["criteria"]:
            letter = LEVEL_LETTERS[criterion.get("level")]
            seen[letter] += 1
            assert criterion["id"] == f"{outcome['id']}.{letter}{seen[letter]}"


def test_ids_are_unique() -> None:
    ids = [thing["id"] for key in ("modules", "levels", "outcomes") for thing in FRAMEWORK[key]]
    ids += [criterion["id"] for criterion in CRITERIA]
    assert [name for name, times in Counter(ids).items() if times > 1] == []


def test_one_criterion_lists_five_parts() -> None:
    with_parts = [criterion for criterion in CRITERIA if "parts" in criterion]
    assert [criterion["id"] for criterion in with_parts] == ["pcmw-06.d1"]
    assert len(with_parts[0]["parts"]) == 5
    assert with_parts[0]["text"].endswith(":")


def test_english_is_plainly_typeset() -> None:
    assert ENGLISH
    for context, text in ENGLISH:
        assert not set("'\"&") & set(text), f"{context}: straight quotation mark or ampersand"
        assert "  " not in text, context


def test_statements_and_purposes_are_sentences() -> None:
    texts = [criterion["text"] for criterion in CRITERIA if "parts" not in criterion]
    texts += [outcome["purpose"] for outcome in OUTCOMES.values()]
    assert [text for text in texts if not (text.endswith(".") and text[0].isupper())] == []


def test_every_text_has_welsh_under_its_context() -> None:
    assert [(entry.msgctxt, entry.msgid) for entry in WELSH if not entry.obsolete] == ENGLISH
    for entry in WELSH:
        assert entry.msgstr, f"{entry.msgctxt} is not translated"
        assert not entry.fuzzy, f"{entry.msgctxt} is fuzzy"
        assert entry.comment, f"{entry.msgctxt} says nothing to the translator"


def test_template_asks_for_the_same_texts() -> None:
    template = polib.pofile(str(TEMPLATE_FILE), wrapwidth=0)
    assert [(entry.msgctxt, entry.msgid) for entry in template] == ENGLISH
    assert all(entry.msgstr == "" for entry in template)


def test_welsh_is_plainly_typeset() -> None:
    for entry in WELSH:
        assert not set("'\"&") & set(entry.msgstr), f"{entry.msgctxt}: straight quotation mark or ampersand"
        assert "  " not in entry.msgstr, entry.msgctxt
        assert entry.msgstr == entry.msgstr.strip(), entry.msgctxt


@pytest.mark.parametrize("end", [".", ":"])
def test_welsh_ends_as_english_does(end: str) -> None:
    assert any(entry.msgid.endswith(end) for entry in WELSH)
    for entry in WELSH:
        assert entry.msgstr.endswith(end) == entry.msgid.endswith(end), entry.msgctxt


def test_equal_english_has_equal_welsh_and_different_english_different_welsh() -> None:
    pairs = {(entry.msgid, entry.msgstr) for entry in WELSH}
    assert len({english for english, _ in pairs}) == len(pairs)
    assert len({welsh for _, welsh in pairs}) == len(pairs)


def test_welsh_header_gives_the_six_plural_forms() -> None:
    assert WELSH.metadata["Language"] == "cy"
    assert WELSH.metadata["Content-Type"].lower() == "text/plain; charset=utf-8"
    assert WELSH.metadata["Plural-Forms"] == (
        "nplurals=6; plural=(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3 : (n==6) ? 4 : 5;"
    )


@pytest.mark.parametrize("file", [WELSH_FILE, TEMPLATE_FILE])
def test_catalogues_are_written_unwrapped(file: Path) -> None:
    entries = file.read_text(encoding="utf-8").split("\n\n")[1:]
    assert len(entries) == len(ENGLISH)
    assert [entry for entry in entries if 'msgid ""' in entry] == []


def test_allowed_words_are_sorted_and_unique() -> None:
    words = ALLOWED_WORDS_FILE.read_text(encoding="utf-8").splitlines()
    assert words
    assert words == sorted(set(words))


def test_sixty_clusters_in_seven_health_boards() -> None:
    short = {board["code"]: board["short"] for board in CLUSTERS["health_boards"]}
    counted = Counter(short[cluster["health_board"]] for cluster in CLUSTERS["clusters"])
    assert counted == CLUSTERS_PER_BOARD
    assert len(short) == 7
    assert len(CLUSTERS["clusters"]) == 60


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("clusters", "code"),
        ("clusters", "name_en"),
        ("clusters", "name_cy"),
        ("health_boards", "code"),
        ("health_boards", "ods_code"),
        ("health_boards", "short"),
        ("health_boards", "name_en"),
        ("health_boards", "name_cy"),
        ("local_authorities", "code"),
    ],
)
def test_codes_and_names_are_unique(key: str, field: str) -> None:
    values = [entry[field] for entry in CLUSTERS[key]]
    assert len(set(values)) == len(values)


def test_clusters_cover_the_twenty_two_local_authorities() -> None:
    listed = {authority["code"] for authority in CLUSTERS["local_authorities"]}
    used = {code for cluster in CLUSTERS["clusters"] for code in cluster["local_authorities"]}
    assert used == listed
    assert len(listed) == 22


def test_clusters_are_all_current() -> None:
    assert {(cluster["valid_from"], cluster["valid_to"]) for cluster in CLUSTERS["clusters"]} == {("2022-04-01", None)}


def test_names_are_plainly_typeset() -> None:
    entries = [entry for key in ("clusters", "health_boards", "local_authorities") for entry in CLUSTERS[key]]
    names = [name for entry in entries for field, name in entry.items() if field.startswith(("name_", "rpb_"))]
    assert len(names) == 2 * (60 + 7 + 7 + 22)
    assert [name for name in names if set("'\"&") & set(name)] == []
