"""Where somebody was going who has to sign in first. The address of the sign-in page keeps it, in no language.

It is a page, with what was asked of it. A form that was sent is carried by the sign-in page itself; and a file would
leave whoever asked for it on that page, as if she were not signed in.
"""

from urllib.parse import parse_qsl, urlencode

from flask import request, url_for

from survey.collection.people.accounts import Account
from survey.collection.people.permissions import may
from survey.web.manage.permissions import ACTION_OF
from survey.web.site.sign_in import asked_for, page_to_go_to

FILES = frozenset(
    f"manage.{name}"
    for name in (
        *("following_file", "cluster_list_file", "activity_file", "data_file", "edition_file", "catalogue_file"),
        *("evidence_file", "response_document", "meeting_pack_file", "document_file", "report_file"),
        *("service_template", "contacts_template", "workbook_file", "release_file"),
    )
)
"""What is given out to be kept; everything else is a page."""

_PAGES = ACTION_OF.keys() - FILES - {"manage.home"}
_LONGEST = 300
"""Of what is kept: a browser holds it in a cookie while the provider of identities is asked."""


def sign_in_address() -> str:
    """The sign-in page, from which the page that was asked for is reached."""
    page, query = asked_for(_PAGES), request.query_string.decode("ascii", "ignore")
    asked = f"{page}?{query}" if page and query else page
    return url_for("manage.sign_in", next=page if asked and len(asked) > _LONGEST else asked)


def wanted_page() -> str:
    """What the address of the sign-in page keeps."""
    return request.args.get("next", "")[:_LONGEST]


def destination(account: Account, wanted: str) -> str:
    """Where to go after signing in: to the page that was `wanted`, if it is one that the account may use."""
    path, _, query = wanted.partition("?")
    page = page_to_go_to(_PAGES, path)
    if page is None or not may(account.role, ACTION_OF[page[0]]):
        return url_for("manage.home")
    asked = urlencode(parse_qsl(query))
    return url_for(page[0], **page[1]) + (f"?{asked}" if asked else "")
