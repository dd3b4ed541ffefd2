"""The preview in both languages side by side: every text of a page with its condition and every error, each a way to
its entry; and the texts of the service itself, file by file, as whoever sees them does.
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import abort, render_template
from flask_babel import pgettext

from survey.catalogues.calls import calls_in
from survey.catalogues.extraction import interface_sources
from survey.catalogues.files import Places
from survey.catalogues.readers import READERS, place_of
from survey.languages import LANGUAGES, language
from survey.questionnaire.definition import Question
from survey.questionnaire.possible_problems import possible_problems
from survey.questionnaire.texts import messages
from survey.questionnaire.walk import Page
from survey.web.preview.pages import EDITION, PreviewContext, blueprint, caption_of_page, edition_named
from survey.web.respond.question_blocks import rule_in_words
from survey.web.respond.respondent import title_of
from survey.web.site.editions import Edition, words_of
from survey.web.site.language import current_language
from survey.web.site.preview_lines import Catalogue, PreviewLine, interface_of, problem_line
from survey.web.site.translations import STATE_COLOURS, STATE_WORDS, project, translators_repository


@dataclass(frozen=True, slots=True)
class QuestionTexts:
    """A question, or the head of a page: when it is asked, by language, and its texts and errors."""

    name: str
    rules: tuple[tuple[str, tuple[str, ...]], ...]
    lines: list[PreviewLine]
    errors: list[PreviewLine]


@blueprint.get(EDITION + "texts/<path:key>")
def texts(name: str, year: str, key: str) -> str:
    """Every text of a page of an edition in both languages."""
    edition = edition_named(name, year)
    page = edition.instrument.page(key) or abort(404)
    own = Catalogue(edition.instrument.questionnaire.id, translators_repository(), project())
    of_section = own.lines(messages(page.section))
    of_questions = [_question(edition, page, question, own) for question in page.section.questions]
    theirs = {line.context for block in of_questions for line in block.lines}
    head = [line for line in of_section if line.context not in theirs]
    if page.outcome:
        head += Catalogue("framework", own.repository, own.places).lines(messages(page.outcome))
    words = words_of(edition, current_language())
    return render_template(
        "preview/texts.html",
        title=title_of(page, words.texts),
        caption=caption_of_page(edition, page),
        edition=edition,
        key=key,
        blocks=[QuestionTexts(page.key, _rules(edition, page, None), head, []), *of_questions],
        words=STATE_WORDS,
        colours=STATE_COLOURS,
    )


@blueprint.get("/interface/")
def interface() -> str:
    """The files that say something, by who sees it."""
    counted = _counted(project(), project().template("interface").stat().st_mtime_ns)
    by_reader: dict[int, list[tuple[str, int]]] = {}
    for reference, number in counted.items():
        by_reader.setdefault(place_of(reference), []).append((reference, number))
    return render_template(
        "preview/interface.html",
        title=pgettext("preview", "Texts of the service"),
        groups=[(READERS[place], files) for place, files in sorted(by_reader.items())],
    )


@blueprint.get("/interface/<path:reference>")
def interface_file(reference: str) -> str:
    """The texts of one file in both languages, in the order in which they stand in it."""
    places = project()
    if reference not in _counted(places, places.template("interface").stat().st_mtime_ns):
        abort(404)
    known = interface_of(translators_repository(), places)
    named = dict.fromkeys(
        call.arguments[:2] for call in calls_in(places.root / Path(reference)) if all(call.arguments[:2])
    )
    reader = READERS[place_of(reference)]
    return render_template(
        "preview/interface_file.html",
        title=pgettext("preview", "Texts of the service"),
        reference=reference,
        reader=reader,
        lines=[known.line(str(context), str(english)) for context, english in named],
        words=STATE_WORDS,
        colours=STATE_COLOURS,
    )


def _question(edition: Edition, page: Page, question: Question, own: Catalogue) -> QuestionTexts:
    interface = interface_of(own.repository, own.places)
    problems = [
        problem for asked in (question, *question.questions) for problem in possible_problems(asked, page.outcome)
    ]
    errors = list(dict.fromkeys(problem_line(interface, problem) for problem in problems))
    return QuestionTexts(question.id, _rules(edition, page, question), own.lines(messages(question)), errors)


def _rules(edition: Edition, page: Page, question: Question | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """When a question, or the page, is asked: the sentences in each language."""
    asked = question or page.section
    if asked.show_when is None:
        return ()
    walk = edition.instrument.walk({})
    return tuple(
        (
            code,
            rule_in_words(
                asked,
                page,
                walk,
                PreviewContext(
                    words_of(edition, language(code)).texts,
                    language(code),
                    page.outcome,
                    page.key,
                    edition.framework,
                    edition=edition,
                ),
            ),
        )
        for code in LANGUAGES
    )


@lru_cache(maxsize=2)
def _counted(places: Places, _state: int) -> Counter[str]:
    """How many texts each file has."""
    return Counter(source.reference for source in interface_sources(places))
