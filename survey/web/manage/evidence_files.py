"""The files that a cluster submitted as evidence, for its health board and the national team."""

from flask import abort
from flask.typing import ResponseReturnValue

from survey.collection.responses.attachments import content_of
from survey.collection.responses.response import read_response
from survey.web.manage.auth import audit, blueprint, opened, seen_cluster
from survey.web.respond.file_rows import downloaded
from survey.web.site.environment import current_repository


@blueprint.get("/rounds/<round_id>/clusters/<cluster_code>/files/<file_id>")
def evidence_file(round_id: str, cluster_code: str, file_id: str) -> ResponseReturnValue:
    """A file of what counts, to be saved. Those of a draft are the cluster's own until it submits."""
    snapshot = opened(round_id)
    cluster = seen_cluster(snapshot, cluster_code)
    submission = read_response(current_repository(), round_id, cluster.code).counted
    file = next((file for file in submission.files if file.id == file_id), None) if submission else None
    if file is None:
        abort(404)
    content = content_of(current_repository(), round_id, cluster.code, file)
    audit("evidence_file_downloaded", round=round_id, cluster=cluster_code, file=file.name)
    return downloaded(file, content)
