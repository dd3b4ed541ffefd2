"""The answers of a draft as they are checked: screen by screen, each with how much of it has been answered."""

from dataclasses import dataclass

from survey.questionnaire.screens import Screen
from survey.questionnaire.walk import Page
from survey.web.anonymous.participant import Participant
from survey.web.respond.overview import AnswerGroup, answers_to_each, written_in
from survey.web.respond.respondent import screen_title


@dataclass(frozen=True, slots=True)
class CheckedPart:
    """A screen of a page. `seen`: the person went on from it."""

    page: Page
    title: str
    address: str
    answers: list[AnswerGroup]
    seen: bool

    @property
    def asked(self) -> int:
        """How many answers are asked for."""
        return sum(len(answers.rows) for answers in self.answers)

    @property
    def given(self) -> int:
        """How many of them there are."""
        return sum(bool(row.value) for answers in self.answers for row in answers.rows)


def checked_parts(participant: Participant) -> list[CheckedPart]:
    """Every screen that is asked, in order."""
    response = participant.response()
    path, marks, unseen = participant.path(response), written_in(response), participant.unseen()

    def checked(screen: Screen) -> CheckedPart:
        page = screen.page
        asked = {question.id for question in path.asked[page.key]}
        questions = [question for question in screen.shown.section.questions if question.id in asked]
        return CheckedPart(
            page,
            screen_title(screen, participant.texts),
            participant.screen_address(screen),
            answers_to_each(questions, page, path, marks.get(page.key, {}), participant.setting(page)),
            screen not in unseen,
        )

    return [checked(screen) for screen in participant.screens()]
