"""The page on which a cluster sees its years, and what it says where there is little to see."""

import pytest

from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient
from tests.web.html import text_of, texts_of_charts
from tests.web.respond import example
from tests.web.respond.test_answers_file import ANSWERS

STORY = "/en/reflection/story"


def cells(client: CheckingClient) -> list[list[str]]:
    (table,) = client.get(STORY).all("table")
    return [[text_of(cell) for cell in row] for row in table.iter("tr")]


def drawn(client: CheckingClient) -> list[str]:
    return texts_of_charts(client.get(STORY).root)


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_it_is_told_in_every_language(
    before: None, someone: CheckingClient, repository: FileRepository, language: str
) -> None:
    example.submit(repository, example.ROUND, ANSWERS)
    page = someone.get(f"/{language}/reflection/story")
    assert "2024-25" in page.text
    assert "2026-27" in page.text


def test_levels_stand_by_outcome_and_year(before: None, someone: CheckingClient, repository: FileRepository) -> None:
    assert cells(someone)[1][2].endswith("Not submitted")
    example.submit(repository, example.ROUND, ANSWERS)
    head, first, second = cells(someone)
    assert head == ["Outcome", "2024-25", "2026-27"]
    assert "Being ready" in first[0]
    assert "Foundation" in first[1]
    assert "The answers point to: Foundation" in first[1]
    assert "The answers point to: Mature" in first[2]
    assert "The answers point to" not in second[1], "that outcome has no levels"


def test_a_chart_counts_the_outcomes_at_each_level_in_the_years_that_were_submitted(
    before: None, someone: CheckingClient, repository: FileRepository
) -> None:
    assert "2024-25" in drawn(someone)
    assert "2026-27" not in drawn(someone)
    example.submit(repository, example.ROUND, ANSWERS)
    after = drawn(someone)
    place = after.index("Level of maturity judged, by outcome and year")
    after, by_outcome = after[:place], after[place:]
    assert after.count("1") == 2, "one outcome with a level in each year"
    assert {"2024-25", "2026-27", "Foundation", "Mature"} <= set(after)
    rows = [text for text in by_outcome if text.endswith(("-25", "-27"))]
    assert rows == ["BIG 1, 2024-25", "BIG 1, 2026-27", "BIG 2, 2024-25", "BIG 2, 2026-27"]


def test_one_year_only_and_nothing_submitted_are_said_plainly(
    someone: CheckingClient, repository: FileRepository
) -> None:
    assert "has not submitted a reflection yet" in someone.get(STORY).text
    assert not someone.get(STORY).all("table")
    assert not drawn(someone)
    example.submit(repository, example.ROUND, ANSWERS)
    assert "Only this year is kept here" in someone.get(STORY).text
    assert "has not submitted" not in someone.get(STORY).text


def test_the_list_of_sections_and_the_receipt_lead_there(someone: CheckingClient, repository: FileRepository) -> None:
    assert STORY in someone.get("/en/reflection").links.values()
    example.submit(repository, example.ROUND, ANSWERS)
    for page in ("/en/reflection", "/en/reflection/submitted"):
        assert STORY in someone.get(page).links.values()
