"""The meeting pack of a cluster, for its health board or the national team to take to it."""

from flask import abort
from flask.typing import ResponseReturnValue

from survey.collection.meeting_packs.pack import PackLanguage
from survey.collection.responses.response import read_response
from survey.web.manage.auth import audit, blueprint, opened, seen_cluster
from survey.web.respond.meeting_pack import pack_file
from survey.web.site.environment import current_repository

PACK = "meeting-pack/<any(cy, en, both):pack_language>.<any(xlsx, docx):ending>"


@blueprint.get(f"/rounds/<round_id>/clusters/<cluster_code>/{PACK}")
def meeting_pack_file(
    round_id: str, cluster_code: str, pack_language: PackLanguage, ending: str
) -> ResponseReturnValue:
    """The pack with what the cluster submitted, if it has.

    A draft is the cluster's own until it submits, and a worksheet for good.
    """
    snapshot = opened(round_id)
    cluster = seen_cluster(snapshot, cluster_code)
    if snapshot.questionnaire.respondent != "cluster":
        abort(404)
    submission = read_response(current_repository(), round_id, cluster_code).counted
    audit("meeting_pack_downloaded", round=round_id, cluster=cluster_code, language=pack_language)
    pages, answers = snapshot.instrument(cluster_code).submitted_pages, submission.answers if submission else {}
    return pack_file(snapshot, cluster, pack_language, ending, pages, answers)
