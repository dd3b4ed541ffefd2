"""`flask translations export | comments`: what translators have done on the pages, for whoever has the repository."""

from collections.abc import Iterator
from pathlib import Path

import click
from flask import current_app, has_app_context

from survey.catalogues.characters import visible
from survey.catalogues.files import Places, canonical, replace_file
from survey.collection.translation.changes import ChangedMessage, Comment
from survey.collection.translation.comments import open_comments
from survey.collection.translation.export import exported
from survey.collection.translation.publication import put_to_use
from survey.commands.cli_i18n import option
from survey.commands.environment import open_repository
from survey.commands.translation_group import chosen_places, translations
from survey.languages import Language, Phrase


@translations.command(
    "export", about=Phrase("command", "Put what translators have changed on the pages into the catalogues (.po)")
)
@option(
    "--output",
    about=Phrase("command", "Folder to write the catalogues to, in place of their own"),
    type=click.Path(file_okay=False, path_type=Path),
)
def export(language: Language, output: Path | None) -> str:
    repository, places = open_repository(), chosen_places()
    lines = []
    for name in places.names():
        made = exported(repository, places, name)
        path = output / f"{name}.po" if output else places.welsh(name)
        replace_file(path, canonical(made.catalogue))
        lines.append(
            language.pgettext(
                "translations command",
                "%(file)s: changes taken: %(taken)s. Left, because they clash or are not fit to be shown: %(left)s",
                file=path.name,
                taken=language.number(made.taken),
                left=language.number(made.left),
            )
        )
    return "\n".join(lines)


@translations.command("comments", about=Phrase("command", "Show what translators say to whoever wrote the English"))
def comments(language: Language) -> str:
    repository = open_repository()
    lines = [
        line for name in chosen_places().names() for line in _comments(open_comments(repository, name), name, language)
    ]
    return "\n".join(lines) or language.pgettext("translations command", "There is no comment that nobody has seen to")


def show_changes(places: Places) -> None:
    """Show readers what translators have changed over catalogues that are compiled anew, if there is a data folder."""
    if has_app_context() and (current_app.config["DATABASE"] or current_app.config["DATA"].is_dir()):
        put_to_use(open_repository(), places, places.names())


def _comments(commented: Iterator[tuple[ChangedMessage, Comment]], name: str, language: Language) -> Iterator[str]:
    for message, comment in commented:
        yield f"{name}: {message.context}"
        yield f"    “{message.english}”"
        yield f"    {comment.who}, {language.datetime(comment.moment)}: {visible(comment.text)}"
