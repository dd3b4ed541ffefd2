"""The figures of the feed are those that a second path works out from the stored answers, and so the workbook’s."""

import csv
from io import StringIO

import jsonschema
import orjson
import pytest

from survey.collection.rounds.releases import KeptRelease, keep_file, keep_release, read_releases
from survey.collection.rounds.round import read_round
from survey.languages import language
from survey.reporting.releases.feed import CSV, JSON, feed, feed_state
from survey.reporting.releases.indicator_fields import schema
from survey.reporting.releases.indicators import indicators_file
from survey.reporting.releases.published import INDICATORS, Published, published
from survey.reporting.workbooks.registry import prepared
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting import second_boards
from tests.reporting.small_wales import NOW, ROUND


@pytest.fixture(scope="module")
def file(wales):
    made = prepared(wales, ROUND, 5, NOW)
    return indicators_file(made.snapshot, made.workbook(language("en")))


def kept_release(repository, file, number=1, reason="", round_id=ROUND):
    files = {INDICATORS: keep_file(repository, round_id, number, INDICATORS, "indicators.json", file)}
    release = KeptRelease(number, NOW, "eira", reason, 5, "Myfyrio 0", "", "", None, (), files)
    assert keep_release(repository, round_id, release)


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
    kept_release(kept, file)
    return kept


def test_nothing_is_published_but_the_last_release_of_a_round_that_has_any(released, file):
    assert [(one.round.id, one.release.number) for one in published(released)] == [(ROUND, 1)]
    kept_release(released, file, 2, "A level was mended.")
    assert len(read_releases(released, ROUND)) == 2
    assert [(one.round.id, one.release.number) for one in published(released)] == [(ROUND, 2)]


def test_before_any_release_the_feed_is_empty_in_both_forms(tmp_path):
    kept = FileRepository(tmp_path)
    assert list(published(kept)) == []
    assert feed(kept, [], JSON) == b'{"releases":[]}'
    assert len(list(csv.reader(StringIO(feed(kept, [], CSV).decode())))) == 1


def test_the_feed_fits_its_schema_and_csv_says_the_same(released, file):
    document = orjson.loads(feed(released, list(published(released)), JSON))
    said = schema("https://myfyrio.example/api/indicators/schema.json")
    jsonschema.Draft202012Validator.check_schema(said)
    jsonschema.validate(document, said)
    rows = list(csv.DictReader(StringIO(feed(released, list(published(released)), CSV).decode())))
    observations = document["releases"][0]["observations"]
    assert len(rows) == len(observations) > 100
    for row, one in zip(rows, observations, strict=True):
        assert (row["round"], row["release"], row["note_cy"]) == (ROUND, "1", "")
        assert row["area"] == one["area"]["code"]
        assert (row["category_cy"] or None) == (one["category"] or {}).get("cy")
        assert (float(row["share"]) if row["share"] else None) == one["share"]
        assert int(row["count"]) == one["count"]


def test_its_state_changes_with_each_release_and_form_and_with_nothing_else(released, file):
    first = list(published(released))
    state = feed_state(first, JSON)
    assert feed_state(list(published(released)), JSON) == state
    assert feed_state(first, CSV) != state
    kept_release(released, file, 2, "A level was mended.")
    assert feed_state(list(published(released)), JSON) != state


def test_a_round_that_may_still_change_is_called_provisional(released):
    (one,) = published(released)
    assert one.status == "provisional"
    assert Published(read_round(released, "sr-2025"), one.release).status == "final"
