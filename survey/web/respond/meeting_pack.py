"""The meeting pack: downloaded to be filled in off line, sent back, looked at, taken in.

What is sent is held for a day, until it is taken in: the differences are shown at an address of their own, so that
neither going Back nor reloading sends anything again. The page carries it as well, for when it could not be held.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus

from flask import Response as FileResponse
from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext, pgettext
from flask_wtf.file import FileField
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from survey.collection.errors import DomainError
from survey.collection.meeting_packs.carried_cells import carried, uncarried
from survey.collection.meeting_packs.differences import Choice, PackDifference, differences
from survey.collection.meeting_packs.files import read_file
from survey.collection.meeting_packs.intake import take_in, undecided
from survey.collection.meeting_packs.pack import MeetingPack, PackLanguage
from survey.collection.meeting_packs.reader import FilledPack, PackFault, describe_fault, read_pack, sealing_key
from survey.collection.people.accounts import note
from survey.collection.responses.response import Response, Writer
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.collection.workbook_file import Sheets
from survey.questionnaire.walk import Answers, Page
from survey.reporting.documents.formats import PACK_FORMATS, drawn
from survey.reporting.documents.meeting_pack import meeting_pack as described
from survey.web.respond import files
from survey.web.respond.auth import blueprint
from survey.web.respond.overview import value_of, written_in
from survey.web.respond.respondent import WHOSE, Respondent, caption_of, respondent_in_session, title_of, writer
from survey.web.respond.sections import may_change
from survey.web.respond.unfinished_forms import Unfinished
from survey.web.site.environment import access_secret, current_repository, key_ring, new_id, now, today
from survey.web.site.errors import error_page
from survey.web.site.forms import FileInput, SiteForm
from survey.web.site.language import current_language, same_form_in_other_language, switch_asked_for

CELLS = "cells"
KEEP = "keep-"
HELD_AS = "meeting-pack"
"""In the place of the key of a page, of what is held."""
MOST_FAULTS = 100
"""Faults that are named one by one."""


class PackForm(SiteForm):
    """Asks for a pack that has been filled in."""

    pack = FileField(
        lazy_pgettext("meeting pack", "The pack that you have filled in"),
        description=lazy_pgettext("meeting pack", "An Excel workbook (.xlsx) or a Word document (.docx)."),
        widget=FileInput(),
        render_kw={"attributes": {"accept": ".xlsx,.docx"}},
    )


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """A difference as a page shows it."""

    difference: PackDifference
    label: str
    now: Markup
    pack: Markup

    @property
    def name(self) -> str:
        return KEEP + self.difference.name


@blueprint.route("/reflection/meeting-pack", methods=["GET", "POST"])
def meeting_pack() -> ResponseReturnValue:
    """The pack to download, and the way back for one that was filled in."""
    respondent: Respondent = g.respondent
    if request.method == "POST":
        return _sent(respondent)
    if not may_change(respondent, respondent.response()):
        return redirect(url_for("respond.reflection"))
    if "unfinished" in request.args:
        return _held(respondent)
    return _page(PackForm(formdata=None))


@blueprint.get("/reflection/meeting-pack/<any(cy, en, both):pack_language>.<any(xlsx, docx):ending>")
def meeting_pack_file(pack_language: PackLanguage, ending: str) -> ResponseReturnValue:
    """The pack with the answers as they are now."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    if not may_change(respondent, response):
        return redirect(url_for("respond.reflection"))
    pages = respondent.instrument.pages
    return pack_file(respondent.snapshot, respondent.cluster, pack_language, ending, pages, response.answers)


def pack_file(
    snapshot: RoundSnapshot,
    cluster: Cluster,
    pack_language: PackLanguage,
    ending: str,
    pages: Sequence[Page],
    answers: Answers,
) -> FileResponse:
    """A pack with these pages and answers, to be downloaded."""
    content = described(current_repository(), snapshot, cluster, pack_language, pages, answers, now())
    file = FileResponse(drawn(content, ending, access_secret()), mimetype=PACK_FORMATS[ending].media_type)
    file.headers.set("Content-Disposition", "attachment", filename=content.file_name(ending))
    return file


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """A file of any size may be chosen by mistake: that is said where it was chosen."""
    if request.endpoint == "respond.files":
        return files.too_large()
    if request.endpoint != "respond.meeting_pack":
        return error_page(error)
    g.respondent = respondent_in_session()
    return _refused(DomainError("file_too_large"), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _sent(respondent: Respondent) -> ResponseReturnValue:
    """Go where a pack is shown with what it changes, in the language asked for; or, once that has been looked at, take
    it in.
    """
    try:
        sheets = _sheets()
        filled = _filled(respondent, sheets)
        if CELLS in request.form and not switch_asked_for():
            return _taken_in(respondent, sheets, filled)
        fields = MultiDict(request.form)
        fields.update({CELLS: carried(sheets)} if CELLS not in fields else {})
        shown_at = _unfinished(respondent).hold(fields, switch_asked_for() or current_language().code)
        return shown_at or same_form_in_other_language() or _differences(respondent, sheets, filled, fields)
    except DomainError as refused:
        return _refused(refused)


def _held(respondent: Respondent) -> ResponseReturnValue:
    """What a pack changes that was sent before; once it was taken in, where another can be sent."""
    fields = _unfinished(respondent).held()
    if fields is None:
        return redirect(url_for("respond.meeting_pack"), HTTPStatus.SEE_OTHER)
    try:
        sheets = uncarried(fields[CELLS])
        return _differences(respondent, sheets, _filled(respondent, sheets), fields)
    except DomainError as refused:
        return _refused(refused)


def _filled(respondent: Respondent, sheets: Sheets) -> FilledPack:
    key = sealing_key(sheets, key_ring().keys)
    return read_pack(sheets, respondent.snapshot, respondent.cluster.code, key, today())


def _unfinished(respondent: Respondent) -> Unfinished:
    return Unfinished(respondent, HELD_AS)


def _sheets() -> Sheets:
    """What was sent. Raises DomainError for what is no workbook, or nothing."""
    if CELLS in request.form:
        return uncarried(request.form[CELLS])
    file = PackForm().pack.data
    if not file:
        raise DomainError("no_file")
    return read_file(file.read())


def _taken_in(respondent: Respondent, sheets: Sheets, filled: FilledPack) -> ResponseReturnValue:
    response = respondent.response()
    pack_differences = differences(respondent.instrument, filled, response)
    chosen = _chosen(pack_differences)
    open_ones = undecided(pack_differences, chosen)
    if open_ones:
        page = _differences(respondent, sheets, filled, request.form, missing=open_ones)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    is_whole = take_in(
        respondent.repository,
        respondent.snapshot,
        filled,
        response,
        pack_differences,
        chosen,
        writer=_writer(filled.pack),
        now=now(),
        new_id=new_id,
    )
    who = f"cluster {respondent.cluster.code}"
    answers = str(sum(not difference.is_whole_item for difference in pack_differences))
    note(respondent.repository, now(), who, "pack_taken_in", round=respondent.snapshot.round.id, answers=answers)
    if not is_whole:
        return _differences(respondent, sheets, filled, request.form), HTTPStatus.CONFLICT
    _unfinished(respondent).let_go()
    return redirect(url_for("respond.meeting_pack", taken=1), HTTPStatus.SEE_OTHER)


def _writer(pack: MeetingPack) -> Writer:
    """Who takes a pack in; what was written in it is in its language, if that is one."""
    return writer() if pack.language == "both" else replace(writer(), language=pack.language)


def _chosen(pack_differences: list[PackDifference]) -> dict[str, Choice]:
    sent = ((difference, request.form.get(KEEP + difference.name, "")) for difference in pack_differences)
    return {difference.name: choice for difference, said in sent for choice in difference.choices if choice == said}


def _differences(
    respondent: Respondent,
    sheets: Sheets,
    filled: FilledPack,
    sent: MultiDict[str, str],
    missing: list[PackDifference] | None = None,
) -> str:
    """Everything that the pack changes, and what of it cannot be taken, with what was `sent` chosen."""
    response = respondent.response()
    pack_differences = [
        difference
        for difference in differences(respondent.instrument, filled, response)
        if not difference.is_whole_item
    ]
    shown = {id(difference): _shown(respondent, filled, response, difference) for difference in pack_differences}
    pages: dict[Page, list[ShownDifference]] = defaultdict(list)
    for difference in pack_differences:
        if not difference.is_clash:
            pages[difference.page].append(shown[id(difference)])
    clashes = [shown[id(difference)] for difference in pack_differences if difference.is_clash]
    left = [fault for fault in filled.faults if not fault.keeps_draft]
    open_names = {KEEP + difference.name for difference in missing or ()}
    words = pgettext("meeting pack", "Choose which answer to keep")
    return render_template(
        "respond/meeting_pack_differences.html",
        made_at=filled.pack.made_at,
        pages=[(title_of(page, respondent.texts), _caption(respondent, page), rows) for page, rows in pages.items()],
        clashes=[(clash, _where(respondent, clash.difference.page)) for clash in clashes],
        faults=_by_sheet(left),
        to_correct=_by_sheet([fault for fault in filled.faults if fault.keeps_draft]),
        count=len(pack_differences),
        more_faults=max(0, len(left) - MOST_FAULTS),
        chosen=sent,
        key=request.args.get("unfinished"),
        hidden=[(CELLS, carried(sheets)), (WHOSE, respondent.key)],
        open_names=open_names,
        choose=words,
        errors=[
            {"text": f"{words}: “{clash.label}”", "href": "#" + clash.name}
            for clash in clashes
            if clash.name in open_names
        ],
    )


def _shown(
    respondent: Respondent, filled: FilledPack, response: Response, difference: PackDifference
) -> ShownDifference:
    setting = respondent.setting(difference.page)
    label = difference.label(setting)
    if difference.group:
        answers = response.answers.get(difference.page.key, {})
        number = difference.item_number(answers, filled.answers.get(difference.page.key, {}))
        item = f"{setting.texts(difference.group.item_label or difference.group.label)} {number}"
        label = pgettext("meeting pack", "%(item)s – %(question)s", item=item, question=label)
    marks = written_in(response).get(difference.page.key, {})
    now_in = marks.get("/".join(part.strip("[]") for part in difference.part), "")
    pack_in = "" if filled.pack.language == "both" else filled.pack.language
    return ShownDifference(
        difference,
        label,
        value_of(difference.lines(difference.now, setting), now_in),
        value_of(difference.lines(difference.pack, setting), pack_in),
    )


def _where(respondent: Respondent, page: Page) -> str:
    return title_of(page, respondent.texts)


def _caption(respondent: Respondent, page: Page) -> str:
    return caption_of(page, respondent.snapshot.framework, respondent.texts)


def _by_sheet(faults: list[PackFault]) -> list[tuple[str, list[tuple[str, str]]]]:
    """By sheet, the cells with what is wrong in them."""
    by_sheet: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for fault in faults[:MOST_FAULTS]:
        by_sheet[fault.sheet].append((fault.cell, describe_fault(fault, current_language())))
    return list(by_sheet.items())


def _refused(refused: DomainError, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> ResponseReturnValue:
    form = PackForm(formdata=None)
    form.refuse(refused, form.pack)
    return _page(form, status)


def _page(form: PackForm, status: HTTPStatus | None = None) -> ResponseReturnValue:
    return form.page("respond/meeting_pack.html", status, address=partial(url_for, "respond.meeting_pack_file"))
