"""What each page is, as an action of the one table of who may do what. A page that is not here is nobody’s."""

from collections.abc import Mapping

PUBLIC = frozenset(
    (
        "manage.sign_in",
        "manage.sign_out",
        "manage.invitation",
        "manage.forgotten",
        "manage.provider",
        "manage.provider_back",
    )
)
"""Pages for people who are not signed in."""

_PAGES_OF: Mapping[str, tuple[str, ...]] = {
    "sign_in": ("home", "own_account", "own_email", "own_password", "second_factor", "begin_own_second_factor"),
    "follow": ("status", "following", "following_file", "clusters"),
    "read_responses": (
        "response",
        "evidence_file",
        "cluster_story",
        "response_on_paper",
        "response_document",
        "queries",
        "cluster_queries",
        "side_by_side",
    ),
    "packs": ("meeting_pack_file", "documents", "make_document", "document_file"),
    "posters": ("poster",),
    "national_files": ("workbook", "make_workbook", "workbook_file", "releases", "release_file", "data", "data_file"),
    "dashboard": ("dashboard", "gather_dashboard"),
    "translate": (
        "translations",
        "catalogue",
        "review",
        "message",
        "restore",
        "comment",
        "catalogue_file",
        "upload",
        "uploaded",
        "in_context",
        "sheet_headings",
        "look_for_headings",
        "round_e_mails",
    ),
    "heed_translators": ("translators_comments", "settled_comment"),
    "write_questionnaires": (
        *("editions", "edition", "owed_texts", "framework", "edition_file", "upload_edition", "uploaded_edition"),
        *("copy_edition", "bank", "restore_edition", "withdraw_edition"),
    ),
    "reopen": ("reopen",),
    "query": ("new_query", "query"),
    "run_rounds": (
        *("new_round", "draft", "draft_outcomes", "opening", "deletion"),
        *("wording", "times", "rescheduling", "closing", "grace", "grace_end"),
        *("post", "post_preview", "queue_post", "send_post", "post_log", "post_again"),
        *("retentions", "retention", "removal", "held", "erasure", "data_protection"),
        *("contacts", "contacts_template", "listed_contacts", "new_contact", "change_contact", "erase_contact"),
        *("cluster_list", "cluster_list_file", "listed_clusters"),
        *("letters", "ways_in", "issue_way_in"),
    ),
    "write_report": (
        "report_files",
        "report_file",
        "service_template",
        "take_back",
        "contributions",
        "gather_contributions",
        "contribution",
    ),
    "read_people": ("reading", "themes"),
    "exact_figures": ("exact_release",),
    "correct_release": ("correct", "make_release", "publication"),
    "see_log": ("activity", "activity_file"),
    "feed_keys": ("feed_keys", "revoke_feed_key"),
    "accounts": ("accounts", "invite", "account", "account_link", "account_step", "take_second_factor"),
}

ACTION_OF: Mapping[str, str] = {f"manage.{page}": action for action, pages in _PAGES_OF.items() for page in pages}
