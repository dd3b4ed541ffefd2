"""The national report by `flask export report …`."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from flask import Flask

from survey.collection.reports.report_files import EARLIER, TEMPLATE, keep_report_file
from survey.storage.tinydb_files.repository import FileRepository
from tests.commands.conftest import exports, run
from tests.reporting.reports.reading import ReadDocument, text
from tests.reporting.reports.test_own_words import write
from tests.reporting.small_wales import ROUND


def test_what_was_written_in_a_report_stays_and_the_report_before_is_kept(app: Flask) -> None:
    result = run(app, "report", ROUND)
    assert (result.exit_code, result.stderr) == (0, "")
    cy, en = exports(app)
    assert en == f"progress-report-{ROUND}-2026-27.en.docx"
    path = app.config["EXPORTS"] / en
    written = ReadDocument(path.read_bytes())
    write(written, "summary", "What we make of it.")
    before = written.saved()
    path.write_bytes(before)
    assert run(app, "report", ROUND, "--language", "en").exit_code == 0
    assert [text(paragraph) for paragraph in ReadDocument(path.read_bytes()).control("summary")] == [
        "What we make of it."
    ]
    assert (path.with_suffix(".before.docx")).read_bytes() == before
    assert cy in exports(app)


def test_words_come_from_a_report_that_lies_elsewhere_but_never_over_another(app: Flask, tmp_path: Path) -> None:
    target, other = tmp_path / "new.docx", tmp_path / "old.docx"
    assert run(app, "report", ROUND, "--language", "en", "--output", str(other)).exit_code == 0
    given = ("report", ROUND, "--language", "en", "--earlier", str(other), "--output", str(target))
    assert run(app, *given).exit_code == 0
    content = target.read_bytes()
    result = run(app, *given)
    assert result.exit_code == 1
    assert str(target) in result.stderr
    assert target.read_bytes() == content


def test_a_template_that_cannot_be_filled_in_is_named_and_nothing_written(app: Flask, tmp_path: Path) -> None:
    template, target = tmp_path / "template.docx", tmp_path / "report.docx"
    document = docx.Document()
    document.add_paragraph("{{ yaer }}")
    document.save(str(template))
    result = run(app, "report", ROUND, "--language", "en", "--template", str(template), "--output", str(target))
    assert result.exit_code == 1
    assert result.stderr == (
        "The template has names in double braces that the report does not know: yaer. Correct or remove them.\n"
    )
    assert not target.exists()


@pytest.mark.parametrize("given", ["--template", "--earlier"])
def test_what_is_in_one_language_wants_a_language(app: Flask, given: str) -> None:
    result = run(app, "report", ROUND, given, __file__)
    assert result.exit_code == 2
    assert "--language" in result.stderr


def test_the_template_is_written_once_and_makes_the_report_that_the_service_makes(app: Flask, tmp_path: Path) -> None:
    assert run(app, "report-template", "--language", "en").exit_code == 0
    (name,) = exports(app)
    assert name == "report-template.en.docx"
    assert run(app, "report-template", "--language", "en").exit_code == 1
    own, theirs = tmp_path / "own.docx", tmp_path / "theirs.docx"
    template = app.config["EXPORTS"] / name
    run(app, "report", ROUND, "--language", "en", "--output", str(own))
    run(app, "report", ROUND, "--language", "en", "--template", str(template), "--output", str(theirs))
    assert own.read_bytes() == theirs.read_bytes()


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_peer_review_pack_is_written_in_both_languages(app: Flask, ending: str) -> None:
    result = run(app, "peer-review", ROUND, "--health-board", "W1", "--format", ending)
    assert (result.exit_code, result.stderr) == (0, "")
    assert [name.rpartition(f"-{ROUND}-")[2].partition(".")[2] for name in exports(app)] == [
        f"cy.{ending}",
        f"en.{ending}",
    ]


def test_a_health_board_that_is_not_there_is_named(app: Flask) -> None:
    result = run(app, "peer-review", ROUND, "--health-board", "atlantis", "--language", "en")
    assert result.exit_code == 1
    assert result.stderr.startswith("There is no health board with this code or name: atlantis. Perhaps you mean: ")
    assert exports(app) == []


def test_what_clusters_wrote_is_written_in_both_languages_or_one(app: Flask, tmp_path: Path) -> None:
    result = run(app, "words", ROUND)
    assert (result.exit_code, result.stderr) == (0, "")
    assert exports(app) == sorted(
        [f"clusters-own-words-{ROUND}-2026-27.en.xlsx", f"geiriau-clystyrau-{ROUND}-2026-27.cy.xlsx"]
    )
    one = tmp_path / "one.xlsx"
    assert run(app, "words", ROUND, "--output", str(one)).exit_code == 2
    assert run(app, "words", ROUND, "--language", "cy", "--output", str(one)).stdout == f"{one}\n"


def test_a_report_is_made_from_the_documents_given_on_the_page_unless_others_are_named(
    app: Flask, tmp_path: Path
) -> None:
    path = tmp_path / "first.docx"
    asked = ("report", ROUND, "--language", "en", "--output")
    assert run(app, *asked, str(path)).exit_code == 0
    repository, now = FileRepository(app.config["DATA"]), datetime(2026, 10, 1, tzinfo=UTC)
    for kind, content in ((TEMPLATE, _template("Ours, {{ year }}")), (EARLIER, _with_summary(path, "From the page."))):
        keep_report_file(repository, ROUND, kind, "en", (f"{kind}.docx", content), "eira", now)
    made, other = tmp_path / "made.docx", tmp_path / "other.docx"
    assert run(app, *asked, str(made)).exit_code == 0
    assert {"Ours, 2026-27", "From the page."} <= {*ReadDocument(made.read_bytes()).paragraphs}
    other.write_bytes(_with_summary(path, "From beside it."))
    assert run(app, *asked, str(other)).exit_code == 0
    assert "From beside it." in ReadDocument(other.read_bytes()).paragraphs


@pytest.mark.parametrize("how", ["named", "lies there"])
def test_an_earlier_report_without_places_for_words_is_refused_and_stays(app: Flask, tmp_path: Path, how: str) -> None:
    earlier, target = tmp_path / "earlier.docx", tmp_path / "report.docx"
    earlier.write_bytes(_template("Only words"))
    given = ["--earlier", str(earlier), "--output", str(target)] if how == "named" else ["--output", str(earlier)]
    before = earlier.read_bytes()
    result = run(app, "report", ROUND, "--language", "en", *given)
    assert result.exit_code == 1
    assert "none of the marked places" in result.stderr
    assert [*tmp_path.glob("*.docx")] == [earlier]
    assert earlier.read_bytes() == before


def _template(text: str) -> bytes:
    document, content = docx.Document(), BytesIO()
    document.add_paragraph(text)
    document.save(content)
    return content.getvalue()


def _with_summary(path: Path, words: str) -> bytes:
    report = ReadDocument(path.read_bytes())
    write(report, "summary", words)
    return report.saved()
