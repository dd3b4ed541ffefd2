"""The meeting pack of a cluster: its reflection, described for filling in off line."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.meeting_packs.blanks import Blank, blanks_of, items_of
from survey.collection.meeting_packs.pack import MeetingPack, PackLanguage
from survey.collection.responses.earlier_answers import NOT_SHOWN_AGAIN, EarlierAnswers, earlier_answers
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.extensions import closing_time
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import CountedPhrase, Language, Phrase
from survey.questionnaire.definition import Option, Question
from survey.questionnaire.framework import Criterion, Level
from survey.questionnaire.rule_sentences import sentence
from survey.questionnaire.texts import Texts
from survey.questionnaire.titles import page_title
from survey.questionnaire.types import AnswerContext, ExportField, Value, answer_type
from survey.questionnaire.walk import Page
from survey.reporting.documents.description import (
    LAST_TIME,
    TICK,
    TITLE,
    Ask,
    DocumentRow,
    Heading,
    PackContent,
    PackSheet,
    PackWords,
    Paragraph,
    SaidInLanguages,
)
from survey.storage.repository import Repository

_OPTIONAL = Phrase("meeting pack", "%(question)s (optional)")
_AT_MOST = CountedPhrase(
    "meeting pack", "At most %(n)s character with spaces.", "At most %(n)s characters with spaces.", "most"
)
_CALCULATED = Phrase("meeting pack", "The service works this out from your answers.")
_NUMBERED = Phrase("meeting pack", "%(item)s %(number)s")
_OF_ITEM = Phrase("meeting pack", "%(item)s – %(question)s")
_LEVEL = Phrase("meeting pack", "• %(level)s: %(about)s")
_CELL = Phrase("meeting pack", "%(row)s – %(column)s")


def meeting_pack(
    repository: Repository,
    snapshot: RoundSnapshot,
    cluster: Cluster,
    pack_language: PackLanguage,
    pages: Sequence[Page],
    answers: Mapping[str, Mapping[str, Any]],
    made_at: datetime,
) -> PackContent:
    """The pack of a cluster with these pages of its reflection, and these answers filled in, by page. `made_at` is when
    they were as they are.

    Raises DomainError("pack_of_people") for a round that no cluster answers.
    """
    if snapshot.questionnaire.respondent != "cluster":
        raise DomainError("pack_of_people", round=snapshot.round.id)
    digest = snapshot.round.snapshot_digest or ""
    base = {page.key: dict(answers[page.key]) for page in pages if page.key in answers}
    pack = MeetingPack(snapshot.round.id, digest, cluster.code, pack_language, made_at, base)
    words = PackWords(snapshot, pack.languages)
    describer = _Describer(repository, snapshot, cluster, pack, words)
    sheets = tuple(map(describer.sheet, pages))
    title = words.text(snapshot.questionnaire.title)
    return PackContent(pack, words, title, tuple(describer.cover()), tuple(describer.returning()), sheets)


class _Describer:
    def __init__(
        self, repository: Repository, snapshot: RoundSnapshot, cluster: Cluster, pack: MeetingPack, words: PackWords
    ) -> None:
        self._repository = repository
        self._snapshot = snapshot
        self._cluster = cluster
        self._pack = pack
        self._words = words

    def cover(self) -> Iterator[DocumentRow]:
        """What this is, and of whom."""
        words = self._words
        closes = closing_time(self._repository, self._snapshot.round, self._cluster.code)
        yield Heading(words.say(TITLE))
        yield Paragraph(words.each(lambda reader, _: self._cluster.name(reader.code)))
        yield Paragraph(words.say(_YEAR, year=self._snapshot.round.reporting_year))
        if closes:
            yield Paragraph(words.each(lambda reader, _: reader.say(_CLOSES, time=reader.datetime(closes))))
        made_at = self._pack.made_at
        yield Paragraph(words.each(lambda reader, _: reader.say(_MADE, time=reader.datetime(made_at))))
        if self._snapshot.questionnaire.description:
            yield Paragraph(words.text(self._snapshot.questionnaire.description))

    def returning(self) -> Iterator[DocumentRow]:
        """How the pack is sent back."""
        yield Heading(self._words.say(_HOW_RETURNED))
        for line in _RETURNING:
            yield Paragraph(self._words.say(line))

    def sheet(self, page: Page) -> PackSheet:
        """A page of the questionnaire."""
        words = self._words
        earlier = earlier_answers(self._repository, self._snapshot, self._cluster.code, page)
        framework, outcome = self._snapshot.framework, page.outcome
        module = framework.module(outcome.module) if framework and outcome else None
        if outcome and module and not page.section.worksheet:
            name = tuple(f"{short} {outcome.number}" for short in words.text(module.short_name))
        else:
            name = words.text(page.section.short_title or page.section.title)
        return PackSheet(
            name,
            words.each(lambda reader, texts: page_title(page, texts, reader)),
            (*self._introduction(page), *self._questions(page, earlier)),
            words.say(LAST_TIME, year=earlier.year) if earlier else (),
            page.section.worksheet,
        )

    def _introduction(self, page: Page) -> Iterator[DocumentRow]:
        if page.outcome:
            yield Paragraph(self._words.text(page.outcome.purpose))
        if page.section.text:
            yield Paragraph(self._words.text(page.section.text))

    def _questions(self, page: Page, earlier: EarlierAnswers | None) -> Iterator[DocumentRow]:
        for question in page.section.questions:
            kind = answer_type(question)
            if kind.repeats:
                yield from self._group(page, question, earlier)
            elif kind.stores_answer:
                yield from self._asks(page, question, earlier)
            else:
                yield Paragraph(_lines(self._label(page, question), self._told_of(question)))

    def _told_of(self, question: Question) -> SaidInLanguages:
        """What there is to say of a question that nobody answers."""
        if question.follows:
            return self._words.each(lambda _reader, _texts: f"“{question.follows.words}”" if question.follows else "")
        return self._words.say(_CALCULATED) if answer_type(question).calculates else ()

    def _group(self, page: Page, group: Question, earlier: EarlierAnswers | None) -> Iterator[DocumentRow]:
        words = self._words
        yield Heading(_lines(words.text(group.label), words.text(group.hint) if group.hint else ()))
        before = earlier.answers.get(group.id) if earlier else None
        if earlier and before:
            yield Paragraph(words.say(LAST_TIME, year=earlier.year))
            yield Paragraph(self._told(earlier, before.question, before.answer))
        label = words.text(group.item_label or group.label)
        items = items_of(page, group, self._pack.base.get(page.key, {}), self._pack.made_at)
        for number, item_id in enumerate(items, start=1):
            item = Heading(
                tuple(
                    reader.say(_NUMBERED, item=name, number=number)
                    for (reader, _), name in zip(words.readers, label, strict=True)
                ),
                level=3,
            )
            yield item
            for question in group.questions:
                yield from self._asks(page, question, None, group, item_id, item)

    def _asks(
        self,
        page: Page,
        question: Question,
        earlier: EarlierAnswers | None,
        group: Question | None = None,
        item_id: str = "",
        item: Heading | None = None,
    ) -> Iterator[DocumentRow]:
        """The blanks of a question; several stand under it as a heading, criteria under their levels."""
        blanks = list(blanks_of(page, question, group, item_id))
        label = self._label(page, question, group)
        if item:
            label = tuple(
                reader.say(_OF_ITEM, item=name, question=text)
                for (reader, _), name, text in zip(self._words.readers, item.words, label, strict=True)
            )
        under: tuple[Heading, ...] = (item,) if item else ()
        if [blank.field.suffix for blank in blanks] == [""]:
            yield self._ask(blanks[0], label, earlier, under)
            return
        heading = Heading(label, level=3)
        yield heading
        level = None
        for blank in blanks:
            criterion = _criterion(blank)
            if criterion and criterion.level and criterion.level != level:
                level = criterion.level
                yield from self._level(level)
            yield self._ask(blank, self._part(blank, criterion), earlier, (*under, heading))

    def _level(self, level_id: str) -> Iterator[DocumentRow]:
        level = self._snapshot.framework.level(level_id) if self._snapshot.framework else None
        if level:
            yield Heading(_lines(self._words.text(level.name), self._words.text(level.description)), level=3)

    def _ask(
        self, blank: Blank, words: SaidInLanguages, earlier: EarlierAnswers | None, under: tuple[Heading, ...]
    ) -> Ask:
        value = blank.value(self._pack.base.get(blank.page.key, {}))
        choices = self._words.choices(blank, self._filtering(blank))
        return Ask(words, blank, value, choices, self._earlier(blank, earlier) if earlier else "", under)

    def _filtering(self, blank: Blank) -> tuple[Option, ...]:
        """The answers that the options of a list belong to."""
        name = blank.question.filtered_by or ""
        section_id, _, question_id = name.rpartition(".")
        if blank.group and not section_id:
            questions = {child.id: child for child in blank.group.questions}
            return questions[question_id].options if question_id in questions else ()
        section = self._snapshot.questionnaire.section(section_id) if section_id else blank.page.section
        question = section.question(question_id) if section else None
        return question.options if question else ()

    def _label(self, page: Page, question: Question, group: Question | None = None) -> SaidInLanguages:
        """What is asked, whether it may be left out, when it is asked, and what helps to answer it."""
        words, kind = self._words, answer_type(question)
        label = words.text(question.label)
        if kind.stores_answer and not question.required:
            label = tuple(
                reader.say(_OPTIONAL, question=text) for (reader, _), text in zip(words.readers, label, strict=True)
            )
        more: list[SaidInLanguages] = [words.text(question.hint)] if question.hint else []
        questions = group.questions if group else page.section.questions
        named = {asked.id: asked for asked in questions}
        for condition in question.show_when.conditions if question.show_when else ():
            said = partial(sentence, condition, question, named.get)
            more.append(words.each(lambda reader, texts, said=said: said(texts, reader)))  # type: ignore[misc]
        if kind.levels_as_options and kind.stores_answer and self._snapshot.framework:
            more += map(self._level_in_a_line, self._snapshot.framework.levels)
        most = kind.most_characters(question)
        if most is not None:
            more.append(words.say(_AT_MOST, most=most))
        return _lines(label, *more)

    def _level_in_a_line(self, level: Level) -> SaidInLanguages:
        return self._words.each(
            lambda reader, texts: reader.say(_LEVEL, level=texts(level.name), about=texts(level.description))
        )

    def _part(self, blank: Blank, criterion: Criterion | None) -> SaidInLanguages:
        words = self._words
        if criterion:
            parts = (tuple(f"• {text}" for text in words.text(part)) for part in criterion.parts)
            return _lines(words.text(criterion.text), *parts)
        label = words.text(blank.field.label) if blank.field.label else ()
        column = next(
            (column for column in blank.question.columns if blank.field.suffix.endswith(f".{column.id}")), None
        )
        if column is None:
            return label
        return tuple(
            reader.say(_CELL, row=row, column=texts(column.label))
            for (reader, texts), row in zip(words.readers, label, strict=True)
        )

    def _earlier(self, blank: Blank, earlier: EarlierAnswers) -> str:
        """What stood in this blank the last time, in the words of that time."""
        before = earlier.answers.get(blank.question.id)
        if before is None or before.question.measure in NOT_SHOWN_AGAIN:
            return ""
        kind, outcome = answer_type(before.question), earlier.page.outcome
        value = kind.values(before.question, before.answer, outcome).get(blank.field.suffix)
        fields = {field.suffix: field for field in kind.fields(before.question, outcome)}
        field = fields.get(blank.field.suffix)
        if value is None or field is None:
            return ""
        words = PackWords(earlier.snapshot, self._pack.languages)
        return words.joined(words.each(lambda reader, texts: shown(field, value, reader, texts)))

    def _told(self, earlier: EarlierAnswers, question: Question, answer: Any) -> SaidInLanguages:
        words = PackWords(earlier.snapshot, self._pack.languages)

        def tell(reader: Language, texts: Texts) -> str:
            context = AnswerContext(texts, reader, earlier.page.outcome)
            lines = answer_type(question).lines(question, answer, context)
            return "\n".join(f"{line.label}: {line.text}" if line.label else line.text for line in lines)

        return words.each(tell)


def shown(field: ExportField, value: Value, reader: Language, texts: Texts) -> str:
    """A value as a person reads it."""
    match field.kind:
        case "code":
            return next((texts(option.label) for option in field.options if option.code == value), "")
        case "flag":
            return TICK if value else ""
        case "date":
            return reader.date(date.fromisoformat(str(value)))
    return str(value)


def _criterion(blank: Blank) -> Criterion | None:
    """The criterion that a blank is about."""
    if not answer_type(blank.question).judges_criteria or blank.page.outcome is None:
        return None
    return next((criterion for criterion in blank.page.outcome.criteria if criterion.id == blank.field.suffix), None)


def _lines(*said: SaidInLanguages) -> SaidInLanguages:
    """Texts below each other, in each language."""
    return tuple("\n".join(texts) for texts in zip(*(wording for wording in said if wording), strict=True))


_YEAR = Phrase("meeting pack", "Reporting year: %(year)s")
_CLOSES = Phrase("meeting pack", "Submit by: %(time)s")
_MADE = Phrase("meeting pack", "The answers are as they were on %(time)s.")
_HOW_RETURNED = Phrase("meeting pack", "How to send it back")
_RETURNING = (
    Phrase(
        "meeting pack",
        "Save the file in the format that it has. Sign in, go to “Meeting pack” and choose the file.",
    ),
    Phrase(
        "meeting pack",
        "You will see everything that has changed before any of it is taken in. "
        "Nothing is submitted until you submit it.",
    ),
    Phrase(
        "meeting pack",
        "Colleagues can go on answering on the site meanwhile. Where both have changed the same answer, you choose.",
    ),
)
