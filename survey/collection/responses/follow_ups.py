"""What clusters wrote the year before and are asked about in a round: gathered when it is opened, and kept with it.

So it stays what it was when it was asked about, whatever becomes of the earlier round.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.responses.response import read_response
from survey.collection.rounds.clusters import ClusterList
from survey.collection.rounds.round import Round, read_rounds
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.questionnaire.continuity import same_question
from survey.questionnaire.definition import FollowedUp, Questionnaire
from survey.storage.repository import Repository

Gathered = Mapping[str, Mapping[str, list[dict[str, Any]]]]
"""By cluster and question (`outcome.action`), the fields of each `FollowedUp`."""


def gather(repository: Repository, current: Round, questionnaire: Questionnaire, clusters: ClusterList) -> Gathered:
    """What the clusters submitted, in the last earlier year, of the questions that the questionnaire follows up."""
    followed = {section.follows_up for section in questionnaire.sections if section.follows_up}
    before = _year_before(repository, current) if followed else None
    if before is None:
        return {}
    by_cluster = {
        cluster.code: {
            name: [asdict(answer) for answer in _answers(repository, before, questionnaire, name, cluster.code)]
            for name in sorted(followed)
        }
        for cluster in clusters.clusters
    }
    return {code: answers for code, answers in by_cluster.items() if any(answers.values())}


def _year_before(repository: Repository, current: Round) -> RoundSnapshot | None:
    # A draft has no digest yet, but nothing is asked of the later of the two.
    earlier = [
        other
        for other in read_rounds(repository)
        if other.precedes(current) and other.reporting_year != current.reporting_year
    ]
    return load_snapshot(repository, earlier[-1].id) if earlier else None


def _answers(
    repository: Repository, before: RoundSnapshot, questionnaire: Questionnaire, name: str, cluster_code: str
) -> Iterator[FollowedUp]:
    section_id, _, question_id = name.partition(".")
    section = questionnaire.section(section_id)
    now = section.question(question_id) if section else None
    then = same_question(section, now, before.questionnaire) if section and now else None
    submission = read_response(repository, before.round.id, cluster_code).counted
    if then is None or submission is None:
        return
    try:
        pages = before.instrument(cluster_code).pages
    except DomainError:
        return
    for page in pages:
        words = submission.answers.get(page.key, {}).get(then.id) if page.section.id == section_id else None
        if words:
            yield FollowedUp(
                page.outcome.id if page.outcome else "",
                before.round.reporting_year,
                words,
                submission.written_in.get(page.key, {}).get(then.id, submission.submitted_in),
            )
