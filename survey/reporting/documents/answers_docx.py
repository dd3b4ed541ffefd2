"""What a cluster submitted as a Word document, to read and to keep: a heading for each page and each question, a list
for several choices, a table for statements that each have an answer. Each text is marked with its language.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from survey.collection.responses.response import Response, Submission, WrittenIn
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language, Phrase, language
from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.types import AnswerContext, AnswerLine, AnswerPart, answer_type
from survey.questionnaire.types.group import Group
from survey.questionnaire.walk import Page, Walk
from survey.reporting.documents.description import ANSWER, ORGANISATION
from survey.reporting.documents.word import Spoken, aside, paragraph, run, table
from survey.reporting.documents.word_package import About, document

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NAME = Phrase("file name", "answers")
NOT_ANSWERED = Phrase("answer", "Not answered")
YEAR = Phrase("view", "Reporting year: %(year)s")
SUBMITTED = Phrase("view", "Submitted on %(time)s. Reference: %(reference)s")
CAPTION = Phrase("outcome", "%(family)s outcome %(number)s")
STATEMENT = Phrase("answers", "Statement")
FILES = Phrase("evidence file", "Attached files")
WIDTHS = (7200, 3000)


def answers_document(snapshot: RoundSnapshot, response: Response, submission: Submission, code: str) -> bytes:
    """A submission of a response as a .docx file, told in a language. What a respondent wrote stays in its own."""
    teller = language(code)
    drawing = _AnswersDrawing(snapshot, teller, submission)
    title = snapshot.texts[code](snapshot.questionnaire.title)
    cluster = snapshot.cluster(response.cluster).name(code)
    body = [
        paragraph("Title", run(Spoken(title, teller.tag))),
        *map(
            drawing.told,
            (
                cluster,
                teller.say(YEAR, year=snapshot.round.reporting_year),
                teller.say(SUBMITTED, time=teller.datetime(submission.submitted_at), reference=response.reference),
            ),
        ),
        *drawing.pages(snapshot.instrument(response.cluster).walk(submission.answers)),
    ]
    return document(body, About(f"{title}: {cluster}", teller.say(ORGANISATION), teller.tag, submission.submitted_at))


def answers_file_name(response: Response, submission: Submission, code: str) -> str:
    """“answers-sr-2026-arfon.en.docx”; of a later submission “answers-sr-2026-arfon-2.en.docx”."""
    again = f"-{submission.number}" if submission.number > 1 else ""
    return f"{language(code).say(NAME)}-{response.round}-{response.cluster}{again}.{code}.docx"


class _AnswersDrawing:
    """A document being drawn in a language."""

    def __init__(self, snapshot: RoundSnapshot, teller: Language, submission: Submission) -> None:
        self._framework = snapshot.framework
        self._texts = snapshot.texts[teller.code]
        self._teller = teller
        self._submission = submission

    def told(self, text: str) -> str:
        """A paragraph of ours."""
        return paragraph("Normal", run(Spoken(text, self._teller.tag)))

    def pages(self, path: Walk) -> Iterator[str]:
        """Every page that was asked, with what was asked on it."""
        for page in path.pages:
            yield self._heading(1, self._title(page))
            marks = self._submission.written_in.get(page.key, {})
            for question in path.asked[page.key]:
                yield from self._question(question, path.value(page.key, question.id), page.outcome, marks, level=2)
            yield from self._files(page)

    def _files(self, page: Page) -> Iterator[str]:
        names = [file.name for file in self._submission.files if file.page == page.key]
        if names:
            yield self._heading(2, self._teller.say(FILES))
        for name in names:
            yield paragraph("ListBullet", run(Spoken(name, self._teller.tag)))

    def _title(self, page: Page) -> str:
        outcome = page.outcome
        module = self._framework.module(outcome.module) if self._framework and outcome else None
        if outcome is None or module is None:
            return self._texts(page.section.title)
        caption = self._teller.say(CAPTION, family=self._texts(module.short_name), number=outcome.number)
        return f"{caption}: {self._texts(outcome.name)}"

    def _question(
        self, question: Question, answer: Any, outcome: Outcome | None, marks: WrittenIn, *, level: int
    ) -> Iterator[str]:
        kind = answer_type(question)
        if kind.answers_nothing:
            return
        yield self._heading(level, self._texts(question.label))
        if answer is None:
            yield aside(Spoken(self._teller.say(NOT_ANSWERED), self._teller.tag))
        elif kind.repeats:
            yield from self._items(question, answer, outcome, marks)
        else:
            context = AnswerContext(self._texts, self._teller, outcome)
            parts = list(kind.parts(question, answer, context))
            written_in = marks.get(question.id, "")
            if any(part.name for part in parts):
                yield self._table(question, parts, context, written_in)
            else:
                style = "ListBullet" if kind.compares_as == "codes" else "Normal"
                for line in kind.lines(question, answer, context):
                    yield paragraph(style, self._line(line, written_in))

    def _items(
        self, group: Question, items: list[dict[str, Any]], outcome: Outcome | None, marks: WrittenIn
    ) -> Iterator[str]:
        label = self._texts(group.item_label or group.label)
        for number, item in enumerate(items, start=1):
            yield self._heading(3, f"{label} {number}")
            start = f"{group.id}/{item['id']}/"
            within = {name.removeprefix(start): code for name, code in marks.items() if name.startswith(start)}
            for child in Group.asked(group, item):
                yield from self._question(child, item.get(child.id), outcome, within, level=4)

    def _table(self, question: Question, parts: list[AnswerPart], context: AnswerContext, written_in: str) -> str:
        kind, title = answer_type(question), self._texts(question.label)
        head = [
            paragraph("Normal", run(Spoken(self._teller.say(phrase), self._teller.tag), bold=True))
            for phrase in (STATEMENT, ANSWER)
        ]
        rows = []
        for part in parts:
            lines = [] if part.answer is None else kind.lines(question, part.answer, context)
            told = [self._line(replace(line, label=None), written_in) for line in lines]
            cell = "".join(paragraph("Normal", line) for line in told) or self.told(self._teller.say(NOT_ANSWERED))
            rows.append(([self.told(part.label), cell], 0))
        return table(title, WIDTHS, head, rows) + paragraph("Normal")

    def _line(self, line: AnswerLine, written_in: str) -> str:
        code = line.written_in or written_in
        tag = language(code).tag if line.verbatim and code else self._teller.tag
        label = run(Spoken(f"{line.label}: ", self._teller.tag)) if line.label else ""
        return label + run(Spoken(line.text, tag))

    def _heading(self, level: int, text: str) -> str:
        return paragraph(f"Heading{level}", run(Spoken(text, self._teller.tag)))
