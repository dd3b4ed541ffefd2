"""What the service will not do, said in the reader's language.

Every rule of this room that turns somebody away raises a `DomainError`; the pages and the command line show
`say(language)`. Nothing was changed when it is raised.
"""

from collections.abc import Callable, Mapping

from survey.languages import Language

Values = Mapping[str, str]


class DomainError(Exception):
    """A request that changes nothing. `code` is stable, `values` fill its sentence."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code, values)
        self.code = code
        self.values: Values = values

    def say(self, language: Language) -> str:
        """The reason and what to do, as a sentence. Raises KeyError for a code without a wording."""
        return WORDINGS[self.code](language, self.values)


WORDINGS: dict[str, Callable[[Language, Values], str]] = {
    "unknown_round": lambda language, values: language.pgettext(
        "refusal", "There is no round with this id: %(round)s. List the rounds to see their ids.", **values
    ),
    "round_exists": lambda language, values: language.pgettext(
        "refusal", "There is a round with this id already: %(round)s. Choose another id.", **values
    ),
    "bad_round_id": lambda language, values: language.pgettext(
        "refusal",
        "This cannot be the id of a round: %(round)s. Use lower-case letters, digits and hyphens, at most 40.",
        **values,
    ),
    "unknown_questionnaire": lambda language, values: language.pgettext(
        "refusal", "There is no questionnaire %(questionnaire)s with the edition %(edition)s.", **values
    ),
    "unknown_cluster_list": lambda language, values: language.pgettext(
        "refusal", "There is no cluster list with this id: %(clusters)s.", **values
    ),
    "bad_year": lambda language, values: language.pgettext(
        "refusal", "A reporting year is written like 2026-27. This is not one: %(year)s.", **values
    ),
    "times_reversed": lambda language, _: language.pgettext(
        "refusal", "The closing time must come after the opening time."
    ),
    "overlapping_round": lambda language, values: language.pgettext(
        "refusal", "Another round of this questionnaire is open: %(round)s. Close it first.", **values
    ),
    "not_draft": lambda language, values: language.pgettext(
        "refusal", "This round has been opened, so it can no longer be changed in this way: %(round)s.", **values
    ),
    "not_open": lambda language, values: language.pgettext("refusal", "This round is not open: %(round)s.", **values),
    "not_reflection": lambda language, values: language.pgettext(
        "refusal",
        "This round is not a self-reflection of clusters, so it has no national workbook: %(round)s.",
        **values,
    ),
    "unknown_health_board": lambda language, values: language.pgettext(
        "refusal", "There is no health board with this code: %(board)s.", **values
    ),
    "unknown_cluster": lambda language, values: language.pgettext(
        "refusal", "There is no cluster with this code in the round: %(cluster)s.", **values
    ),
    "unknown_outcome": lambda language, values: language.pgettext(
        "refusal", "There is no outcome with this id in the framework: %(outcome)s.", **values
    ),
    "no_assignment": lambda language, values: language.pgettext(
        "refusal",
        "No outcome has been assigned to this health board yet: %(name)s (%(board)s).",
        name=values.get(language.code, values["en"]),
        board=values["board"],
    ),
    "gate": lambda language, values: language.pgettext(
        "refusal", "The Welsh or English text is not ready: %(finding)s", **values
    ),
    "round_closed": lambda language, _: language.pgettext(
        "refusal", "This round takes no answers now. Nothing was saved."
    ),
    "posters_over": lambda language, values: language.pgettext(
        "refusal",
        "This round is over, so there is no poster to print: nobody can answer by its links any more: %(round)s.",
        **values,
    ),
    "not_submitted": lambda language, values: language.pgettext(
        "refusal", "This cluster has not submitted its answers, so there is nothing to reopen: %(cluster)s.", **values
    ),
    "already_submitted": lambda language, _: language.pgettext(
        "refusal",
        "These answers have been submitted. To change them, ask the national team to reopen them for you.",
    ),
    "reason_needed": lambda language, _: language.pgettext("refusal", "Give the reason. It is kept with the response."),
    "no_code": lambda language, _: language.pgettext("refusal", "Enter your access code"),
    "wrong_code": lambda language, _: language.pgettext(
        "refusal", "We do not recognise this access code. Check it against your invitation and try again."
    ),
    "wrong_password": lambda language, _: language.pgettext(
        "refusal", "The account name or the password is not right. Check both and try again."
    ),
    "wait": lambda language, values: language.npgettext(
        "refusal",
        "There have been too many tries. Wait %(n)s second and try again.",
        "There have been too many tries. Wait %(n)s seconds and try again.",
        int(values["seconds"]),
    ),
    "account_exists": lambda language, values: language.pgettext(
        "refusal", "There is an account with this name already: %(account)s.", **values
    ),
    "unknown_account": lambda language, values: language.pgettext(
        "refusal", "There is no account with this name: %(account)s.", **values
    ),
    "bad_account_name": lambda language, values: language.pgettext(
        "refusal",
        "This cannot be the name of an account: %(account)s. "
        "Use lower-case letters, digits, full stops and hyphens, at most 60.",
        **values,
    ),
    "unknown_role": lambda language, values: language.pgettext(
        "refusal", "There is no role with this name: %(role)s.", **values
    ),
    "board_needed": lambda language, _: language.pgettext(
        "refusal", "An account of a health board team needs the code of its health board, and no other account has one."
    ),
    "weak_password": lambda language, values: language.npgettext(
        "refusal",
        "Choose a password of %(n)s character or more.",
        "Choose a password of %(n)s characters or more.",
        int(values["least"]),
    ),
    "long_password": lambda language, values: language.npgettext(
        "refusal",
        "Choose a password of %(n)s character or fewer.",
        "Choose a password of %(n)s characters or fewer.",
        int(values["most"]),
    ),
    "only_by_link": lambda language, values: language.pgettext(
        "refusal",
        "People answer this round by link, without access codes: %(round)s. Make its links in place of invitations.",
        **values,
    ),
    "only_by_code": lambda language, values: language.pgettext(
        "refusal", "Clusters answer this round with access codes, so it has no links: %(round)s.", **values
    ),
    "unknown_link": lambda language, _: language.pgettext(
        "refusal", "We do not recognise this link. Check it against your invitation or poster."
    ),
    "wrong_resume_code": lambda language, _: language.pgettext(
        "refusal",
        "We do not recognise this code. Check it, and check that you used the same link. "
        "Answers are deleted when nobody has gone on with them for 14 days.",
    ),
    "many_at_once": lambda language, values: language.npgettext(
        "refusal",
        "Very many people are starting from your network at the moment. Wait %(n)s second and try again.",
        "Very many people are starting from your network at the moment. Wait %(n)s seconds and try again.",
        int(values["seconds"]),
    ),
    "draft_gone": lambda language, _: language.pgettext(
        "refusal",
        "We no longer have the answers that you began here. They have been submitted, or begun afresh in this browser, "
        "or nobody has gone on with them for 14 days.",
    ),
    "sent_before": lambda language, _: language.pgettext(
        "refusal", "Your answers had reached us before. They cannot be changed any more."
    ),
    "still_open": lambda language, values: language.pgettext(
        "refusal", "Nothing of the answers is shown or exported until the round closes: %(round)s.", **values
    ),
    "export_reason_needed": lambda language, _: language.pgettext(
        "refusal", "Give the reason for exporting single responses. It is kept in the log."
    ),
    "export_account_needed": lambda language, _: language.pgettext(
        "refusal", "Name the account of the national team that is answerable for exporting single responses."
    ),
}
