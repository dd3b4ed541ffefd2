"""A page of the preview as a phone shows it: in a frame as narrow as one, in both languages side by side."""

from flask import Response, abort, make_response, render_template, url_for

from survey.languages import LANGUAGES, language
from survey.questionnaire.screens import screen_named
from survey.web.preview.example_answers import kept_example
from survey.web.preview.pages import EDITION, blueprint, caption_of_page, edition_named
from survey.web.respond.respondent import screen_title
from survey.web.site.editions import words_of
from survey.web.site.language import current_language
from survey.web.site.security import CONTENT_SECURITY_POLICY


@blueprint.get(EDITION + "phone/<path:key>")
def phone(name: str, year: str, key: str) -> Response:
    """A page in two narrow frames."""
    edition = edition_named(name, year)
    screen = screen_named(edition.instrument, key) or abort(404)
    page = render_template(
        "preview/phone.html",
        title=screen_title(screen, words_of(edition, current_language()).texts),
        caption=caption_of_page(edition, screen.page),
        back=url_for("preview.section", name=name, year=year, key=key, example=kept_example()),
        frames=[
            (
                language(code),
                url_for(
                    "preview.section",
                    language=code,
                    name=name,
                    year=year,
                    key=key,
                    framed="yes",
                    example=kept_example(),
                ),
            )
            for code in LANGUAGES
        ],
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
    return response
