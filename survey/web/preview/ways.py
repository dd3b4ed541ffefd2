"""Every way through an edition: what is always asked, what only after certain answers, and what never."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import render_template

from survey.questionnaire.definition import Question, Section
from survey.questionnaire.walk import Page
from survey.web.preview.pages import EDITION, PreviewContext, blueprint, edition_named, edition_there
from survey.web.respond.question_blocks import rule_in_words
from survey.web.site.editions import Edition, words_of
from survey.web.site.language import current_language


@dataclass(frozen=True, slots=True)
class Way:
    """Something that a rule stands before: its words, its rule in sentences. `is_any`: one of them is enough."""

    label: str
    when: tuple[str, ...]
    is_any: bool
    is_never: bool


@dataclass(frozen=True, slots=True)
class WaysOfSection:
    """A section: the way to it, if there is a rule, how many of its questions are always asked there, and the ways to
    the others."""

    title: str
    way: Way | None
    always: int
    ways: tuple[Way, ...]


@blueprint.get(EDITION + "ways")
def ways(name: str, year: str) -> str:
    """The ways through an edition; also of one that has nothing wrong with it but that something can never be asked."""
    examined = edition_there(name, year)
    edition = edition_named(name, year) if examined.unreached is None else examined.as_if_sound
    texts = words_of(edition, current_language()).texts
    return render_template(
        "preview/ways.html",
        edition=edition,
        has_faults=bool(examined.findings),
        title=texts(edition.instrument.questionnaire.title),
        sections=list(_sections(edition, examined.unreached.names if examined.unreached else frozenset())),
    )


def _sections(edition: Edition, never: frozenset[str]) -> Iterator[WaysOfSection]:
    texts = words_of(edition, current_language()).texts
    pages = {page.section.id: page for page in reversed(edition.instrument.pages)}
    for section in edition.instrument.questionnaire.sections:
        page = pages[section.id]
        ruled = list(_ruled(page))
        yield WaysOfSection(
            texts(section.title),
            _way(section, page, edition, section.id in never) if section.show_when else None,
            sum(question.show_when is None for _, _, question in ruled),
            tuple(
                _way(question, within, edition, name in never)
                for name, within, question in ruled
                if question.show_when is not None
            ),
        )


def _ruled(page: Page) -> Iterator[tuple[str, Page, Question]]:
    """Every question of a page with its name and where its rule looks; not those that stand inside an option."""
    for question in page.section.questions:
        if question.revealed_by is None:
            yield f"{page.section.id}.{question.id}", page, question
        within = replace(page, section=replace(page.section, questions=question.questions))
        for inner in question.questions:
            if inner.revealed_by is None:
                yield f"{page.section.id}.{question.id}.{inner.id}", within, inner


def _way(asked: Question | Section, page: Page, edition: Edition, is_never: bool) -> Way:
    texts = words_of(edition, current_language()).texts
    setting = PreviewContext(texts, current_language(), page.outcome, page.key, edition.framework, edition=edition)
    label = texts(asked.label) if isinstance(asked, Question) else texts(asked.title)
    is_any = asked.show_when is not None and asked.show_when.behaviour == "any"
    return Way(label, rule_in_words(asked, page, edition.instrument.walk({}), setting), is_any, is_never)
