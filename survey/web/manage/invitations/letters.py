"""Letters with access codes: those of many clusters as one document to print, each on a page of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import HiddenField

from survey.collection.errors import DomainError
from survey.collection.people.access import IssuedCode, code_of, code_of_form, issue_code, secret_of_form
from survey.collection.people.contacts import first_language, read_contacts
from survey.collection.people.form_secrets import new_form
from survey.collection.people.sign_in_links import refuse_when_not_kept
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.extensions import closing_time, takes_answers_of
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES, Phrase
from survey.reporting.files.mailing import sign_in_address
from survey.web.manage.auth import audit, blueprint, opened
from survey.web.manage.invitations.post import heading
from survey.web.respond.respondent import name_key
from survey.web.site.carried_fields import CarriedTexts, PressedButton
from survey.web.site.environment import current_repository, key_ring, now
from survey.web.site.forms import SiteForm
from survey.web.site.language import current_language, same_form_in_other_language

ONCE = {"Cache-Control": "no-store"}
"""Of a page that shows a secret which nobody can look up afterwards."""
REPLACE, SPARE = "replace", "spare"
"""What can be decided of clusters that have a code already: they are given another, or none."""
ALL_CHANGED = Phrase(
    "manage letters",
    "Each of these clusters has been given another way in since you opened this page. Nothing was changed.",
)


class LettersForm(SiteForm):
    """Asks for whom. Each tick holds the cluster’s code and the version of its access code that was on the page;
    `form` is what the new codes are made of, so that a form that is sent twice shows the same letters twice. `decided`
    is what was said of clusters that have a code already."""

    clusters = CarriedTexts(lazy_pgettext("manage letters", "Clusters"))
    form = HiddenField()
    decided = PressedButton()

    @property
    def ticked(self) -> dict[str, str]:
        """The versions of the codes of the clusters that were ticked, by cluster."""
        return dict(tick.partition(" ")[::2] for tick in self.clusters.data)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to a cluster: its code, and what it says in each language, the one first that its contacts read. One
    `is_for_reading` goes to a cluster that can change its answers no longer."""

    cluster: Cluster
    code: str
    is_for_reading: bool
    halves: tuple[dict[str, str | datetime | None], ...]


@blueprint.route("/rounds/<round_id>/letters", methods=["GET", "POST"])
def letters(round_id: str) -> ResponseReturnValue:
    """For which clusters codes are to be issued; sent from this page, the letters with them, this once. A code that was
    on the page is replaced only by whoever says so when asked: ticks that a browser kept on the way back do not."""
    snapshot = opened(round_id)
    if snapshot.questionnaire.respondent == "anonymous":
        abort(HTTPStatus.NOT_FOUND)
    form, offered = LettersForm(), list(_offered(snapshot))
    ticked = form.ticked
    chosen = [cluster for cluster, _ in offered if cluster.code in ticked]
    with_code = [each for each, code in offered if code.since and ticked.get(each.code) == code.version]
    is_sent = form.validate_on_submit()
    if with_code and form.decided.data not in (REPLACE, SPARE):
        return same_form_in_other_language() or _question(snapshot, form, chosen, with_code)
    if is_sent:
        if form.decided.data == SPARE:
            chosen = [cluster for cluster in chosen if cluster not in with_code]
        if chosen:
            made, refused = _issued(snapshot, chosen, ticked, form.form.data or "")
            if made:
                return _document(snapshot, made, refused)
            form.clusters.errors = [current_language().say(ALL_CHANGED)]
        elif offered:
            form.clusters.errors = [current_language().pgettext("manage letters", "Tick the clusters first")]
    elsewhere = same_form_in_other_language()
    if elsewhere:
        return elsewhere
    if form.clusters.errors or not form.form.data:
        form.form.data = new_form()
    # Nobody’s code is taken away unasked, and after the close few need one, to read.
    without = {cluster.code for cluster, code in offered if code.since is None and _can_answer(snapshot, cluster)}
    return form.page(
        "manage/invitations/letters.html",
        **heading(snapshot),
        boards=list(_by_board(snapshot, offered)),
        is_over=snapshot.round.is_over(now()),
        ticked=ticked.keys() if form.is_submitted() else without,
    )


def letter_to(snapshot: RoundSnapshot, cluster: Cluster, code: str) -> Letter:
    """The letter with a code that has been issued."""
    repository = current_repository()
    opens = snapshot.round.opens
    closes = closing_time(repository, snapshot.round, cluster.code)
    contacts = (contact for contact in read_contacts(repository).values() if contact.cluster == cluster.code)
    first = first_language(contacts)
    halves: tuple[dict[str, str | datetime | None], ...] = tuple(
        {
            "code": each,
            "title": snapshot.texts[each](snapshot.questionnaire.title),
            "cluster": cluster.name(each),
            "address": sign_in_address(request.url_root, each),
            "opens": opens if opens and now() < opens else None,
            "closes": closes if closes and now() < closes else None,
        }
        for each in sorted(LANGUAGES, key=lambda code: code != first)
    )
    return Letter(cluster, code, not _can_answer(snapshot, cluster), halves)


def issue(snapshot: RoundSnapshot, cluster: Cluster, form: str, shown: str) -> Letter:
    """Issue the code that a form gives a cluster, and write its letter. Raises DomainError("code_changed")."""
    repository, round_id = current_repository(), snapshot.round.id
    # Sent again, a form gives what it gave, even if the secret was replaced in between.
    secret = secret_of_form(repository, key_ring().keys, round_id, cluster.code, form)
    code = code_of_form(secret, round_id, cluster.code, form)
    if issue_code(repository, secret, round_id, cluster.code, code, now(), shown=shown):
        audit("code_issued", round=snapshot.round.id, cluster=cluster.code)
    return letter_to(snapshot, cluster, code)


def _issued(
    snapshot: RoundSnapshot, chosen: Iterable[Cluster], ticked: dict[str, str], form: str
) -> tuple[list[Letter], list[Cluster]]:
    """The letters, and the clusters that were given another way in since the page was shown: they keep that."""
    made, refused = [], []
    for cluster in chosen:
        try:
            made.append(issue(snapshot, cluster, form, ticked[cluster.code]))
        except DomainError:
            refused.append(cluster)
    return made, refused


def _question(
    snapshot: RoundSnapshot, form: LettersForm, chosen: list[Cluster], with_code: list[Cluster]
) -> ResponseReturnValue:
    """Ask whether clusters that have a code are to be given another. Nobody is given one before that is answered."""
    code = current_language().code
    return form.page(
        "manage/invitations/letters_question.html",
        **heading(snapshot),
        fields=[
            *((form.clusters.name, tick) for tick in form.clusters.data),
            (form.form.name, form.form.data),
        ],
        with_code=[cluster.name(code) for cluster in with_code],
        others=len(chosen) - len(with_code),
        decisions={"replace": REPLACE, "spare": SPARE},
    )


def _document(snapshot: RoundSnapshot, made: list[Letter], refused: list[Cluster]) -> ResponseReturnValue:
    code = current_language().code
    page = render_template(
        "manage/invitations/letters_made.html",
        **heading(snapshot),
        letters=made,
        refused=[cluster.name(code) for cluster in refused],
    )
    return page, HTTPStatus.OK, ONCE


def _offered(snapshot: RoundSnapshot) -> Iterator[tuple[Cluster, IssuedCode]]:
    """The clusters by name, with what is known of their codes; none when the round is not kept any more."""
    repository, of_round = current_repository(), snapshot.round
    try:
        refuse_when_not_kept(repository, of_round.id, now())
    except DomainError:
        return
    for cluster in sorted(snapshot.clusters.clusters, key=name_key):
        yield cluster, code_of(repository, of_round.id, cluster.code)


def _can_answer(snapshot: RoundSnapshot, cluster: Cluster) -> bool:
    of_round = snapshot.round
    return not of_round.is_over(now()) or takes_answers_of(current_repository(), of_round, cluster.code, now())


def _by_board(
    snapshot: RoundSnapshot, offered: Iterable[tuple[Cluster, IssuedCode]]
) -> Iterator[tuple[str, list[tuple[Cluster, IssuedCode]]]]:
    of: dict[str, list[tuple[Cluster, IssuedCode]]] = {}
    for cluster, code in offered:
        of.setdefault(cluster.health_board, []).append((cluster, code))
    for board in sorted(snapshot.clusters.health_boards, key=name_key):
        if board.code in of:
            yield board.name(current_language().code), of[board.code]
