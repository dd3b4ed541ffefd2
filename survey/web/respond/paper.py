"""The whole reflection of a cluster as it is printed: every question that may be asked of it, with its hint, when to
answer it, all there is to choose from, and the answers of now and of before.

What a question looks like on paper follows from the flat columns of its type (`AnswerType.fields`): options to tick or
to number, a row for each criterion or cell, or else room to write in.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import pgettext
from markupsafe import Markup

from survey.collection.responses.earlier_answers import AnswerOfLastYear, EarlierAnswers, earlier_answers_by_page
from survey.collection.responses.response import WrittenIn
from survey.questionnaire.definition import Question
from survey.questionnaire.types import ExportField, Value, answer_type
from survey.questionnaire.walk import Page, Walk
from survey.web.respond.earlier_boxes import earlier_setting, may_be_shown
from survey.web.respond.fields import FieldContext
from survey.web.respond.file_rows import FileRow, RowsByPage
from survey.web.respond.overview import AnswerGroup, answers_to, value_of
from survey.web.respond.question_blocks import drawn_questions, looks_elsewhere, rule_in_words
from survey.web.respond.respondent import Respondent, heading_of
from survey.web.respond.shown_answers import ShownAnswer, asked_before, shown_answers

CHOSEN = "X"
MOST_IN_A_LINE = 6

# What is put into the box of an option that has a column of its own.
MARKS: Mapping[str, Callable[[Value], str]] = {"flag": lambda value: CHOSEN if value else "", "rank": str}


@dataclass(frozen=True, slots=True)
class PaperOption:
    """Something to choose; `mark` is what stands in its box."""

    label: str
    hint: str
    mark: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A question, or a part of it that has a `label` of its own, with its parts: options, or `lines` to write on.

    `level` stands over the first criterion of a level: its name and what it is about. `answer` is what was written.
    """

    label: str
    options: tuple[PaperOption, ...]
    lines: int
    answer: Markup
    earlier: Markup
    level: tuple[str, str] | None = None
    parts: tuple[str, ...] = ()

    @property
    def is_short(self) -> bool:
        """Whether the options go one after the other."""
        return len(self.options) <= MOST_IN_A_LINE and not any(option.hint for option in self.options)


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """A question. `when` says when to answer it, `how` how to; `earlier` is what was said before in several rows.

    `item` names the item of a group that the question begins; `shown` is what was answered on earlier pages.
    """

    label: str
    hint: str
    when: tuple[str, ...]
    any_of: bool
    how: str
    rows: tuple[PaperRow, ...]
    earlier: tuple[AnswerGroup, ...] = ()
    item: str = ""
    shown: tuple[ShownAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A page under its heading, with when it is to be answered."""

    heading: Mapping[str, Any]
    when: tuple[str, ...]
    any_of: bool
    year: str
    questions: tuple[PaperQuestion, ...]
    files: list[FileRow]


def may_be_asked(page: Page, path: Walk) -> tuple[Question, ...]:
    """The questions of a page that some answers would lead to."""
    shown = {question.id for question in drawn_questions(page, path)}
    questions = page.section.questions
    return tuple(question for question in questions if question.id in shown or looks_elsewhere(question.show_when))


def in_draft(page: Page, path: Walk) -> tuple[Question, ...]:
    """The same, without a worksheet in which nothing has been written."""
    return () if _is_empty_worksheet(page, path) else may_be_asked(page, path)


def were_asked(page: Page, path: Walk) -> tuple[Question, ...]:
    """The questions of a page that the answers have led to, without a worksheet in which nothing has been written."""
    return () if _is_empty_worksheet(page, path) else path.asked.get(page.key, ())


def _is_empty_worksheet(page: Page, path: Walk) -> bool:
    return page.section.worksheet and not path.answers.get(page.key)


def paper_pages(
    respondent: Respondent,
    path: Walk,
    written_in: Mapping[str, WrittenIn],
    questions_of: Callable[[Page, Walk], tuple[Question, ...]],
    files: RowsByPage,
) -> Iterator[PaperPage]:
    """The pages with the answers of a walk, that of nothing for a blank form; without those that have no question."""
    snapshot, pages = respondent.snapshot, path.instrument.pages
    earlier = earlier_answers_by_page(respondent.repository, snapshot, respondent.cluster.code, pages)
    for page in pages:
        questions = questions_of(page, path)
        if not questions:
            continue
        setting = replace(
            respondent.setting(page, written_in.get(page.key, {})), written_on=lambda key: written_in.get(key, {})
        )
        before = earlier.get(page.key)
        rule = page.section.show_when
        yield PaperPage(
            heading_of(page, snapshot.framework, respondent.texts),
            rule_in_words(page.section, page, path, setting),
            rule is not None and rule.behaviour == "any",
            before.year if before else "",
            tuple(_printed(questions, page, path, setting, before)),
            files.get(page.key, []),
        )


def _printed(
    questions: Iterable[Question], page: Page, path: Walk, setting: FieldContext, earlier: EarlierAnswers | None
) -> Iterator[PaperQuestion]:
    for question in questions:
        then = _Then(earlier, setting, question.id)
        answer = path.value(page.key, question.id)
        drawn = _question(question, answer, page, path, setting, then)
        if answer_type(question).repeats:
            yield replace(drawn, rows=(), earlier=then.groups())
            yield from _items(question, answer or [{"id": ""}], page, path, setting)
        else:
            yield drawn


def _items(
    group: Question, items: list[dict[str, Any]], page: Page, path: Walk, setting: FieldContext
) -> Iterator[PaperQuestion]:
    """What each item of a group is asked; where there is none, room for one."""
    label = setting.texts(group.item_label or group.label)
    within = replace(page, section=replace(page.section, questions=group.questions))
    nothing = _Then(None, setting, "")
    for number, item in enumerate(items, start=1):
        start = f"{group.id}/{item['id']}/"
        marks = {name.removeprefix(start): code for name, code in setting.written_in.items() if name.startswith(start)}
        for child in group.questions:
            asked = _question(child, item.get(child.id), within, path, replace(setting, written_in=marks), nothing)
            yield replace(asked, item=f"{label} {number}" if child is group.questions[0] else "")


def _question(
    question: Question, answer: Any, page: Page, path: Walk, setting: FieldContext, then: "_Then"
) -> PaperQuestion:
    texts, rule = setting.texts, question.show_when
    return PaperQuestion(
        setting.label(question),
        texts(question.hint) if question.hint else "",
        rule_in_words(question, page, path, setting),
        rule is not None and rule.behaviour == "any",
        _how(question, setting),
        tuple(_rows(question, answer, setting, then)),
        shown=tuple(
            shown_answer
            for shown_answer in shown_answers(asked_before(question, path), path, setting)
            if shown_answer.answers
        ),
    )


def _rows(question: Question, answer: Any, setting: FieldContext, then: "_Then") -> Iterator[PaperRow]:
    kind, texts = answer_type(question), setting.texts
    if kind.answers_nothing or kind.repeats:
        return
    fields = kind.fields(question, setting.outcome)
    values = kind.values(question, answer, setting.outcome) if answer is not None else {}
    if fields and fields[0].kind in MARKS:
        options = tuple(
            _option(question, field.suffix, texts(field.label), setting, _mark(field, values))
            for field in fields
            if field.label
        )
        yield PaperRow("", options, 0, Markup(), then.whole())
    elif kind.searched or not any(field.options for field in fields):
        lines = kind.lines(question, answer, setting) if answer is not None else []
        written = value_of(lines, setting.written_in.get(question.id, ""))
        yield PaperRow("", (), kind.lines_by_hand(question), written, then.whole())
    else:
        levels = _levels(setting)
        for field in fields:
            chosen = values.get(field.suffix)
            options = tuple(
                _option(question, option.code, texts(option.label), setting, CHOSEN if option.code == chosen else "")
                for option in field.options
            )
            about = kind.part_label(question, field.suffix, setting.outcome, texts) if field.suffix else ""
            level, parts = levels.get(field.suffix, (None, ()))
            yield PaperRow(about, options, 0, Markup(), then.part(field.suffix), level, parts)


def _levels(setting: FieldContext) -> dict[str, tuple[tuple[str, str] | None, tuple[str, ...]]]:
    """By criterion: the level that begins with it, if one does, and the things that it lists."""
    levels: dict[str, tuple[tuple[str, str] | None, tuple[str, ...]]] = {}
    last, texts = None, setting.texts
    for criterion in setting.outcome.criteria if setting.outcome else ():
        level = setting.framework.level(criterion.level) if setting.framework and criterion.level else None
        begins = (texts(level.name), texts(level.description)) if level and level.id != last else None
        levels[criterion.id] = (begins, tuple(texts(part) for part in criterion.parts))
        last = criterion.level
    return levels


def _option(question: Question, code: str, label: str, setting: FieldContext, mark: str) -> PaperOption:
    option, kind = question.option(code), answer_type(question)
    is_judged = kind.levels_as_options and kind.stores_answer
    level = setting.framework.level(code) if setting.framework and is_judged else None
    hint = option.hint if option and option.hint else level.description if level else None
    return PaperOption(label, setting.texts(hint) if hint else "", mark)


def _mark(field: ExportField, values: Mapping[str, Value]) -> str:
    return MARKS[field.kind](values[field.suffix]) if field.suffix in values else ""


def _how(question: Question, setting: FieldContext) -> str:
    """How to answer with a pen, where that does not go without saying."""
    kind = answer_type(question)
    has_parts_to_mark = kind.stores_answer and not kind.repeats and not kind.searched
    fields = kind.fields(question, setting.outcome) if has_parts_to_mark else ()
    kinds = {field.kind for field in fields if field.options or field.kind in MARKS}
    most = setting.language.number(question.most or len(fields))
    if "rank" in kinds:
        return pgettext("print", "Write 1 beside your first choice, and go on like this up to %(number)s", number=most)
    if "flag" in kinds and question.most:
        return pgettext("print", "Tick no more than %(number)s", number=most)
    if "flag" in kinds:
        return pgettext("print", "Tick all that apply")
    if "code" in kinds:
        return pgettext("print", "Tick one in each row") if len(fields) > 1 else pgettext("print", "Tick one")
    return ""


class _Then:
    """What was answered before to one question, as it was asked then, in today’s language."""

    def __init__(self, earlier: EarlierAnswers | None, setting: FieldContext, question_id: str) -> None:
        before = earlier.answers.get(question_id) if earlier else None
        self._before: AnswerOfLastYear | None = before if may_be_shown(before) else None
        self._setting = earlier_setting(setting, earlier) if earlier else setting

    def whole(self) -> Markup:
        """The answer in one piece."""
        if self._before is None:
            return Markup()
        question = self._before.question
        lines = answer_type(question).lines(question, self._before.answer, self._setting)
        return value_of(lines, self._before.written_in.get(question.id, ""))

    def part(self, suffix: str) -> Markup:
        """What was chosen in one of its columns."""
        if self._before is None:
            return Markup()
        question, outcome = self._before.question, self._setting.outcome
        kind = answer_type(question)
        code = kind.values(question, self._before.answer, outcome).get(suffix)
        fields = {field.suffix: field for field in kind.fields(question, outcome)}
        options = fields[suffix].options if suffix in fields else ()
        return Markup().join(
            Markup.escape(self._setting.texts(option.label)) for option in options if option.code == code
        )

    def groups(self) -> tuple[AnswerGroup, ...]:
        """The answer in groups of rows."""
        if self._before is None:
            return ()
        before = self._before
        return tuple(answers_to(before.question, before.answer, before.written_in, self._setting))
