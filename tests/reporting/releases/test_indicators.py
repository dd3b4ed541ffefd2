"""The figures of the feed are those that a second path works out from the stored answers, and so the workbook’s."""

import csv
import shutil
from io import StringIO

import jsonschema
import orjson
import pytest

from survey.collection.people.accounts import add_account
from survey.collection.rounds.publication import publish, withdraw
from survey.collection.rounds.releases import INDICATORS, KeptRelease, keep_file, keep_release, released_file
from survey.collection.rounds.round import close_round
from survey.languages import language
from survey.reporting.releases.feed import CSV, JSON, feed, feed_state
from survey.reporting.releases.indicator_fields import schema
from survey.reporting.releases.indicators import indicators_file
from survey.reporting.releases.of_clusters import release_clusters
from survey.reporting.releases.published_indicators import published_indicators
from survey.reporting.workbooks.registry import prepared
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting import second_boards
from tests.reporting.small_wales import NOW, ROUND


@pytest.fixture(scope="module")
def file(wales):
    made = prepared(wales, ROUND, 5, NOW)
    return indicators_file(made.snapshot, made.workbook(language("en")))


NOTES = {"cy": "Cywirwyd lefel.", "en": "A level was mended."}


def published_release(repository, file, number=1, notes=NOTES, *, provisional=False):
    files = {INDICATORS: keep_file(repository, ROUND, number, INDICATORS, "indicators.json", file)}
    release = KeptRelease(number, NOW, "eira", "", 0, "Myfyrio 0", "", "", None, (), files, provisional)
    assert keep_release(repository, ROUND, release)
    publish(repository, ROUND, number, notes, "eira", NOW)


def told(file, code):
    """Each figure by what it is of, in the words of a language: count, base, and the share, the mean or [u]."""
    figures = {}
    for one in orjson.loads(file):
        subject = tuple((one[name] or {}).get(code, "") for name in ("area", "outcome", "question", "category"))
        given = "[u]" if one["missing"] else one["share"] if one["mean"] is None else one["mean"]
        assert (one["indicator"]["code"], *subject) not in figures
        figures[one["indicator"]["code"], *subject] = (one["count"], one["base"], given)
    return figures


def labels_of(file, indicator, code):
    """The labels of an indicator’s categories, in their order."""
    rows = (one for one in orjson.loads(file) if one["indicator"]["code"] == indicator and one["category"])
    return list(dict.fromkeys(one["category"][code] for one in rows))


def shares(indicator, area, outcome, question, labels, counts, given):
    base = sum(counts)
    return {
        (indicator, area, outcome, question, label): (count, base, share)
        for label, count, share in zip(labels, counts, given, strict=True)
    }


def test_every_figure_is_the_one_that_a_second_path_counts(file, stored, code):
    levels, ways, ratings = (labels_of(file, name, code) for name in ("judged_level", "movement", "enablers"))
    expected = {("response", row[0], "", "", ""): (row[-2], row[1], row[-1]) for row in stored.response_by_board()}
    for row in stored.maturity_by_outcome():
        expected |= shares("judged_level", stored.wales, row[1], "", levels, row[4:8], row[9:13])
    for row in stored.maturity_by_board():
        outcome = "" if row[1] == "[z]" else row[2]
        expected |= shares("judged_level", row[0], outcome, "", levels, row[5:9], row[10:14])
    for area, which, name, *row in ((stored.wales, *row) for row in stored.movement()):
        expected |= shares("movement", area, "" if which == "[z]" else name, "", ways, row[3:6], row[8:11])
    for area, which, name, *row in second_boards.movement(stored):
        if area != stored.wales:
            expected |= shares("movement", area, "" if which == "[z]" else name, "", ways, row[3:6], row[8:11])
    for row in stored.enablers_and_barriers():
        expected |= shares("enablers", row[0], "", row[1], ratings, row[4:9], row[11:16])
        base = sum(row[4:9])
        expected["enablers", row[0], "", row[1], ""] = (base, base, row[10])
    found = told(file, code)
    assert found.keys() == expected.keys()
    for subject, (count, base, given) in expected.items():
        assert found[subject][:2] == (count, base), subject
        assert found[subject][2] == (given if given == "[u]" else pytest.approx(given)), subject


def test_no_share_or_mean_of_fewer_than_five_clusters_is_given_and_some_are_missing_for_it(file):
    small = [one for one in orjson.loads(file) if one["missing"]]
    assert {one["missing"]["code"] for one in small} == {"few_clusters"}
    assert all(one["share"] is None and one["mean"] is None for one in small)
    assert {"Middle Health Board", "Western Health Board"} <= {one["area"]["en"] for one in small}


@pytest.fixture
def released(wales, file, tmp_path):
    """A round that was released, in a folder of its own, where rounds of the small Wales are."""
    kept = FileRepository(tmp_path)
    for round_id in ("sr-2025", ROUND):
        kept.write(("rounds", round_id), "round", wales.read(("rounds", round_id), "round"))
    published_release(kept, file)
    return kept


def numbers(repository):
    return [(one.round.id, one.release.number) for one in published_indicators(repository, demonstration=False)]


def test_nothing_is_given_out_but_the_last_of_a_round_that_is_published_and_not_withdrawn(released, file):
    assert numbers(released) == [(ROUND, 1)]
    published_release(released, file, 2)
    assert numbers(released) == [(ROUND, 2)]
    withdraw(released, ROUND, 2, NOTES, "eira", NOW)
    assert numbers(released) == [(ROUND, 1)]
    withdraw(released, ROUND, 1, NOTES, "eira", NOW)
    assert numbers(released) == []


def test_before_any_release_the_feed_is_empty_in_both_forms(tmp_path):
    kept = FileRepository(tmp_path)
    assert published_indicators(kept, demonstration=False) == []
    assert feed(kept, [], JSON) == b'{"releases":[]}'
    assert len(list(csv.reader(StringIO(feed(kept, [], CSV).decode())))) == 1


def test_the_feed_fits_its_schema_and_csv_says_the_same(released, file):
    document = orjson.loads(feed(released, published_indicators(released, demonstration=False), JSON))
    said = schema("https://myfyrio.example/api/indicators/schema.json")
    jsonschema.Draft202012Validator.check_schema(said)
    jsonschema.validate(document, said)
    rows = list(
        csv.DictReader(StringIO(feed(released, published_indicators(released, demonstration=False), CSV).decode()))
    )
    observations = document["releases"][0]["observations"]
    assert len(rows) == len(observations) > 100
    for row, one in zip(rows, observations, strict=True):
        assert (row["round"], row["release"], row["note_cy"]) == (ROUND, "1", NOTES["cy"])
        assert row["area"] == one["area"]["code"]
        assert (row["category_cy"] or None) == (one["category"] or {}).get("cy")
        assert (float(row["share"]) if row["share"] else None) == one["share"]
        assert int(row["count"]) == one["count"]


def test_its_state_changes_with_each_release_and_form_and_with_nothing_else(released, file):
    first = published_indicators(released, demonstration=False)
    state = feed_state(first, JSON)
    assert feed_state(published_indicators(released, demonstration=False), JSON) == state
    assert feed_state(first, CSV) != state
    published_release(released, file, 2)
    assert feed_state(published_indicators(released, demonstration=False), JSON) != state


def test_figures_that_may_still_change_are_called_provisional(released, file):
    published_release(released, file, 2, provisional=True)
    (release,) = orjson.loads(feed(released, published_indicators(released, demonstration=False), JSON))["releases"]
    assert (release["status"], release["note"]) == ("provisional", NOTES)


def test_a_release_of_a_round_keeps_the_indicators_of_its_very_workbook(wales, file, tmp_path):
    shutil.copytree(wales.root, tmp_path / "data")
    kept = FileRepository(tmp_path / "data")
    add_account(kept, "eira", "national", None, None, NOW)
    close_round(kept, ROUND, NOW)
    release = release_clusters(kept, ROUND, "eira", "", NOW)
    assert told(released_file(kept, ROUND, release, INDICATORS), "en") == told(file, "en")
    assert published_indicators(kept, demonstration=False) == []
    publish(kept, ROUND, 1, {}, "eira", NOW)
    assert numbers(kept) == [(ROUND, 1)]
