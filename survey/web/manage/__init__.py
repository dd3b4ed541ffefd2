"""The pages of the people who run a round: the national team, health board teams, readers, translators."""

from survey.web.manage import (  # noqa: F401 (each puts its pages on the blueprint)
    activity,
    cluster_list,
    cluster_releases,
    clusters,
    contributions,
    dashboard,
    data,
    data_protection,
    documents,
    draft_outcomes,
    drafts,
    evidence_files,
    feed_keys,
    following,
    meeting_pack,
    provider,
    publication,
    queries,
    reading,
    report_files,
    rescheduling,
    responses,
    retention,
    rounds,
    side_by_side,
    sign_in,
    subject_access,
    themes,
    times,
    tracking,
    wording,
    workbook,
)
from survey.web.manage.auth import blueprint
from survey.web.manage.editions import bank, downloads, edition, owed_texts, shelf, uploads  # noqa: F401
from survey.web.manage.invitations import contacts, letters, log, one_contact, post, queue, ways_in  # noqa: F401
from survey.web.manage.people import (  # noqa: F401
    forgotten_password,
    invitation,
    listing,
    one_account,
    own_account,
    own_second_factor,
)
from survey.web.manage.translation import catalogues, comments, e_mails, message, message_contexts, whole_files  # noqa: F401

__all__ = ["blueprint"]
