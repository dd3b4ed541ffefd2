"""The e-mails of a round in both languages side by side, as a contact would have them: for translators."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from flask import abort, render_template, request

from survey.collection.people.contact_checks import Contact
from survey.collection.people.mail_server import MailServer
from survey.collection.people.messages import INVITATION, KIND_WORDS, KINDS, QUEUED, REMINDER, ContactMessage
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.reporting.files.e_mails import RULE, WayIn, compose
from survey.web.manage.auth import blueprint, opened
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import now
from survey.web.site.preview_lines import Catalogue, PreviewLine, interface_of
from survey.web.site.translations import STATE_COLOURS, STATE_WORDS, project, translators_repository

SAID_IN = ("survey/reporting/files/e_mails.py", "survey/reporting/files/mailing.py")
EXAMPLE = "…"
NOBODY = "nobody@invalid.example"


@blueprint.get("/translations/in-context/<round_id>/e-mails")
def round_e_mails(round_id: str) -> str:
    """Every kind of e-mail that the round sends, line by line, each a way to its entry. Nothing is sent by it."""
    snapshot = opened(round_id)
    if not snapshot.clusters.clusters:
        abort(404)
    interface = interface_of(translators_repository(), project())
    of_people = snapshot.questionnaire.respondent == "anonymous"
    return render_template(
        "manage/translation/e_mails.html",
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        e_mails=[
            (KIND_WORDS[kind], list(_lines(snapshot, kind, interface)))
            for kind in ((INVITATION, REMINDER) if of_people else KINDS)
        ],
        words=STATE_WORDS,
        colours=STATE_COLOURS,
    )


def _lines(snapshot: RoundSnapshot, kind: str, interface: Catalogue) -> Iterator[PreviewLine]:
    """The subject and the lines of an e-mail that the service says; names, addresses and titles stand as they are."""
    said = [
        message
        for message in interface.messages.values()
        if any(file in SAID_IN for file, _ in message.entry.occurrences)
    ]
    for english, welsh in zip(*_bodies(snapshot, kind), strict=True):
        message = next((message for message in said if _is_said(message.entry.msgid, english)), None)
        if message:
            line = interface.line(message.entry.msgctxt or "", message.entry.msgid)
            yield replace(line, english=english, welsh=welsh)


def _bodies(snapshot: RoundSnapshot, kind: str) -> tuple[list[str], list[str]]:
    """The lines of an e-mail in English and in Welsh, its subject first."""
    cluster = snapshot.clusters.clusters[0].code
    message = ContactMessage("preview", "", cluster, kind, "", QUEUED, 0, now(), now())
    until = None if snapshot.questionnaire.respondent == "anonymous" else now() + timedelta(days=1)
    made = compose(
        snapshot,
        message,
        Contact(cluster, EXAMPLE, "", NOBODY, "en"),
        MailServer("", 0, "none", NOBODY),
        request.url_root,
        WayIn(EXAMPLE, until, snapshot.round.closes),
    )
    subjects = str(made["Subject"]).split(" / ")
    bodies = made.get_content().split(f"\n{RULE}\n")
    english, welsh = ([line for line in body.splitlines() if line.strip()] for body in bodies)
    half = len(subjects) // 2
    return [" / ".join(subjects[:half]), *english], [" / ".join(subjects[half:]), *welsh]


def _is_said(pattern: str, line: str) -> bool:
    """Whether a line is what a message says, whatever its values are."""
    literal = map(re.escape, re.split(r"%\(\w+\)s", pattern))
    return re.fullmatch(".+".join(literal), line) is not None
