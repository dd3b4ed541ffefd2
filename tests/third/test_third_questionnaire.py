"""A third questionnaire, added as JSON and Welsh only: opened, answered in both languages, exported."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from survey.collection.people.access import issue_code, store_link
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.xlsx.check.checker import check_workbook
from survey.web.site.environment import access_secret
from tests.third.conftest import ROUND, Service
from tests.web.checking_client import CheckingClient, Page

CONTINUE = ("then", "continue")
TOKEN = "k7qt-9wxm-3fbd"
USE = {"q-often": "daily", "q-tools": ["video", "records"]}
VIEWS = {"q-ease": "fair", "q-wishes-1": "time", "q-wishes-2": "training", "q-places-visits.working": "badly"}
EXPLAINED = (
    (Path(__file__).parents[2] / "docs" / "national-team.md")
    .read_text("utf-8")
    .split("## The workbook of any other questionnaire")[1]
)
C, X, Z, FEW = "[c]", "[x]", "[z]", "[u]"


def table(path: Path, sheet: str) -> list[list[Any]]:
    found = openpyxl.load_workbook(path)[sheet]
    (area,) = found.tables.values()
    return [[cell.value for cell in row] for row in found[area.ref]][1:]


def of_wales(path: Path) -> dict[tuple[Any, ...], list[Any]]:
    """The figures of clusters by question, part and answer: expected, silent, not asked, not answered, base …"""
    name = next(name for name in sheets(path) if name in ("Answers", "Atebion"))
    rows = [row for row in table(path, name) if row[0] in ("Wales", "Cymru")]
    return {(row[2], row[3], row[5]): row[6:] for row in rows}


def sheets(path: Path) -> list[str]:
    return openpyxl.load_workbook(path).sheetnames


class TestOfClusters:
    """One response for each cluster, with an access code."""

    CODE = "ABCD-EFGH-JKMN"

    def answer(self, service: Service, code: str = "en") -> CheckingClient:
        cluster = load_snapshot(service.kept, ROUND).clusters.clusters[0].code
        with service.app.app_context():
            issue_code(service.kept, access_secret(), ROUND, cluster, self.CODE, service.now)
        client = service.client()
        page = client.submit(client.get(f"/{code}/sign-in"), {"access_code": self.CODE})
        assert page.path == f"/{code}/reflection"
        client.submit(client.get(f"/{code}/reflection/section/use"), USE)
        client.submit(client.get(f"/{code}/reflection/section/views"), VIEWS | {"q-devices": "12"})
        return client

    @pytest.mark.parametrize("code", ["en", "cy"])
    def test_it_is_answered_and_exported(self, service: Service, code: str) -> None:
        service.open()
        client = self.answer(service, code)
        page = client.submit(client.get(f"/{code}/reflection/check"))
        assert page.path == f"/{code}/reflection/submitted"
        paths = service.export()
        assert {path.name for path in paths.values()} >= {f"workbook-{ROUND}-2026-27.en.xlsx"}
        for path in paths.values():
            assert check_workbook(path, language("en")) == []
        self.hold_answers(paths)

    def hold_answers(self, paths: dict[str, Path]) -> None:
        assert [name for name in sheets(paths["en"]) if name not in EXPLAINED] == []
        assert sheets(paths["en"]) == [
            "Cover",
            "Contents",
            "Notes",
            "Response by health board",
            "Response by cluster",
            "Answers",
            "Numbers",
            "Charts of answers",
            "Written answers",
            "Themes",
            "Responses (codes)",
            "Responses (labels)",
            "Codebook",
        ]
        found = of_wales(paths["en"])
        clusters = next(iter(found.values()))[0]
        # expected, silent, not asked, not answered, base, number, share
        assert found["How often are digital tools used?", Z, "Every day"] == [clusters, clusters - 1, 0, 0, 1, 1, FEW]
        assert found["How often are digital tools used?", Z, "Never"][5] == 0
        assert found["Which tools are used?", Z, "Shared records"][4:6] == [1, 1]
        assert found["What is needed most?", "Ranked first", "Time"][5] == 1
        assert found["What is needed most?", "Ranked at all", "Training"][5] == 1
        assert found["How well do they work?", "On home visits: How well", "Badly"][5] == 1
        assert found["How well do they work?", "In the practice: How well", "Badly"][3:6] == [1, 0, 0]
        assert found["How many devices are there?", Z, "Any answer"][5] == 1
        welsh = of_wales(paths["cy"])
        assert welsh["Pa mor aml y caiff offer digidol eu defnyddio?", Z, "Bob dydd"][4:6] == [1, 1]
        assert [row[6:] for row in table(paths["cy"], "Atebion")] == [row[6:] for row in table(paths["en"], "Answers")]
        codes = table(paths["en"], "Responses (codes)")
        answered = [row for row in codes if "daily" in row]
        assert len(answered) == 1
        assert len(codes) == clusters

    def test_what_is_not_asked_is_counted_as_that(self, service: Service) -> None:
        service.open()
        client = self.answer(service)
        client.submit(client.get("/en/reflection/section/use"), {"q-often": "never"})
        client.submit(client.get("/en/reflection/check"))
        found = of_wales(service.export()["en"])
        assert found["Which tools are used?", Z, "Video calls"][2:6] == [1, 0, 0, 0]


@pytest.mark.parametrize("respondent", ["anonymous"], indirect=True)
class TestOfPeople:
    """One response for each person, by a link, and no small number in the workbook."""

    def answer(self, service: Service, code: str, **changes: str) -> Page:
        client = service.client()
        page = client.submit(client.get(f"/{code}/survey/{TOKEN}/"))
        page = client.submit(page, USE | changes, button=CONTINUE)
        page = client.submit(page, VIEWS | {"q-story": "Something private."}, button=CONTINUE)
        page = client.submit(page)
        assert page.path == f"/{code}/survey/{TOKEN}/thanks"
        return page

    def test_it_is_answered_and_exported_without_small_numbers(self, service: Service) -> None:
        service.open()
        cluster = load_snapshot(service.kept, ROUND).clusters.clusters[0].code
        store_link(service.kept, ROUND, cluster, TOKEN)
        for person in range(12):
            self.answer(service, ("en", "cy")[person % 2])
        self.answer(service, "en", **{"q-often": "weekly"})
        refused = service.run("export", "workbook", ROUND, "--language", "en")
        assert refused.exit_code == 1
        assert "until the round closes" in refused.stderr
        service.done("rounds", "close", ROUND, "--yes")
        paths = service.export()
        for path in paths.values():
            assert check_workbook(path, language("en")) == []
            self.hold_no_small_number(path)
        assert [name for name in sheets(paths["en"]) if name not in EXPLAINED] == []
        assert sheets(paths["en"])[3:] == [
            "Response by health board",
            "Response by cluster",
            "Answers",
            "Charts of answers",
            "Themes",
            "Codebook",
        ]
        assert [row[5:] for row in table(paths["cy"], "Atebion")] == [row[5:] for row in table(paths["en"], "Answers")]
        wales = {tuple(row[2:5]): row[5:] for row in table(paths["en"], "Answers") if row[0] == "Wales"}
        assert wales["How easy are they?", Z, "Fair"][0] == 15  # thirteen people, told to the nearest five
        # One person answered “Every week”: then nobody may be told to have answered “Every day” either.
        assert wales["How often are digital tools used?", Z, "Every week"] == [15, C, FEW]
        assert wales["How often are digital tools used?", Z, "Every day"] == [15, C, FEW]

    def hold_no_small_number(self, path: Path) -> None:
        rows = table(path, next(name for name in sheets(path) if name in ("Answers", "Atebion")))
        numbers = [cell for row in rows for cell in row[5:7] if cell != C]
        assert numbers
        assert min(numbers) >= 5
        assert not any("private" in str(cell) for sheet in range(len(sheets(path))) for cell in cells(path, sheet))


def cells(path: Path, sheet: int) -> list[Any]:
    return [cell.value for row in openpyxl.load_workbook(path).worksheets[sheet].iter_rows() for cell in row]
