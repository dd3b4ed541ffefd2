"""What SPSS is told of the data: labels in each language, missing values with reasons, names that it allows."""

from pathlib import Path
from typing import Any

import pyreadstat
import pytest

from survey.reporting.files.responses import responses_file
from survey.reporting.files.spss import spss_in_each_language
from survey.reporting.files.spss_names import cut, spss_names
from survey.reporting.records.round_data import RoundData
from survey.reporting.records.table_schema import Field
from survey.reporting.xlsx.description import Shorthand
from tests.reporting.files.hard_data import SAME, file_of, texts
from tests.reporting.files.read_back import read_sav


@pytest.fixture(scope="module")
def told(data: RoundData, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("spss")
    found = {}
    for code, content in spss_in_each_language(responses_file(data)).items():
        (folder / f"{code}.sav").write_bytes(content)
        found[code] = pyreadstat.read_sav(folder / f"{code}.sav", user_missing=True)
    return found


def test_labels_are_those_of_the_language_and_values_are_the_same(told: dict[str, Any]) -> None:
    (english, in_english), (welsh, in_welsh) = told["en"], told["cy"]
    assert english.equals(welsh)
    # Small Wales has “cy ” before each text for its Welsh.
    level = "outcome.pcmw_01.level"
    assert in_english.variable_value_labels[level]["mature"] == "Mature"
    assert in_welsh.variable_value_labels[level]["mature"] == "cy Mature"
    labels = in_english.column_names_to_labels, in_welsh.column_names_to_labels
    assert labels[0][level] == "pcmw-01: Which level do you judge your cluster to be at for this outcome?"
    assert labels[1][level] == labels[0][level].replace("Which", "cy Which")
    assert in_english.variable_value_labels["cluster"]["c-llyn"] == "Llyn"
    assert in_welsh.variable_value_labels["cluster"]["c-llyn"] == "Llŷn"
    assert in_welsh.file_label == "cy Annual cluster self-reflection, 2026-27"


def test_not_asked_and_not_answered_are_missing_and_say_why(told: dict[str, Any]) -> None:
    _, meta = told["en"]
    level = meta.variable_value_labels["outcome.pcmw_01.level"]
    assert (level["[z]"], level["[x]"]) == ("Not asked", "Not answered")
    flag = meta.variable_value_labels["about.participants.dental"]
    assert (flag[1], flag[0], flag[-8], flag[-9]) == ("Chosen", "Not chosen", "Not asked", "Not answered")
    for name in ("outcome.pcmw_01.level", "about.participants.dental", "sign_off.date", "about.population"):
        assert len(meta.missing_ranges[name]) == 3
    assert "cluster" not in meta.missing_ranges


def test_a_number_that_may_be_negative_is_never_taken_for_missing(tmp_path: Path) -> None:
    nothing = Shorthand.NOT_AVAILABLE
    fields = [Field("free", "decimal", SAME, is_answer=True), Field("above", "integer", SAME, is_answer=True, least=0)]
    content = spss_in_each_language(file_of(fields, [[-9.0, 3], [nothing, nothing]]))["en"]
    (tmp_path / "x.sav").write_bytes(content)
    frame, _ = pyreadstat.read_sav(tmp_path / "x.sav")
    assert frame["free"][0] == -9
    assert frame.isna().to_numpy().tolist() == [[False, False], [True, True]]
    assert read_sav(content, tmp_path)[1] == {"free": "[x]", "above": "[x]"}


@pytest.mark.parametrize("rows", [[], [[None, None]]])
def test_a_column_in_which_nothing_stands_is_of_its_kind_all_the_same(tmp_path: Path, rows: list[list[None]]) -> None:
    fields = [Field("people", "integer", SAME), Field("at", "time", SAME)]
    (tmp_path / "x.sav").write_bytes(spss_in_each_language(file_of(fields, rows))["en"])
    _, meta = pyreadstat.read_sav(tmp_path / "x.sav")
    assert meta.original_variable_types == {"people": "F16.0", "at": "DATETIME20"}


def test_the_file_says_when_its_data_were_changed_and_not_when_it_was_written(
    told: dict[str, Any], data: RoundData
) -> None:
    for _, meta in told.values():
        assert meta.creation_time == data.changed.replace(tzinfo=None)


def test_scales_are_ordinal_and_numbers_are_numbers(told: dict[str, Any]) -> None:
    _, meta = told["en"]
    measures = meta.variable_measure
    assert measures["outcome.pcmw_01.level"] == measures["enablers.enabler_learning"] == "ordinal"
    assert (measures["about.population"], measures["about.participants.dental"]) == ("scale", "nominal")


def test_names_are_what_spss_allows_and_each_its_own() -> None:
    long = "outcome." + "x" * 80
    names = spss_names(["a.b-c", "a.b_c", "A.B_C", long, f"{long}.y", "2nd", "by", "tŷ.ŵyl.", "plain"])
    assert names[0] == "a.b_c"
    assert names[-1] == "plain"
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert len(name.encode()) <= 64
        assert name[0].isalpha()
        assert name[-1] not in "._"
        assert name.replace(".", "").replace("_", "").isalnum()
        assert name.isascii()
    assert "by" not in names


def test_a_label_is_cut_between_letters() -> None:
    assert cut("ŵ" * 200, 255) == "ŵ" * 126 + "…"
    assert cut("two\nlines", 20) == "two lines"


def test_a_text_that_no_string_can_hold_goes_on_in_the_next(tmp_path: Path) -> None:
    long = "ŵy" * 15_000
    file = texts([long, "short", "[x]"])
    content = spss_in_each_language(file)["cy"]
    (tmp_path / "x.sav").write_bytes(content)
    frame, _ = pyreadstat.read_sav(tmp_path / "x.sav", user_missing=True)
    assert list(frame.columns) == ["words", "words.part2"]
    assert frame["words"][0] + frame["words.part2"][0] == long
    assert list(frame["words"][1:]) == ["short", "'[x]"]
