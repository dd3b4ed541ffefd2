"""`flask feed …`: the keys of those who take the feed of indicators."""

import click

from survey.collection.people.feed_keys import make_feed_key, new_key, read_feed_keys, revoke_feed_key
from survey.commands import terminal
from survey.commands.cli_i18n import group
from survey.commands.environment import BY, YES, be_sure, note, now, open_repository, operator
from survey.languages import Language, Phrase

feed = group("feed", Phrase("command", "Make, list and revoke keys for the feed of indicators"))

CONSUMER = click.argument("consumer", metavar="CONSUMER")


@feed.command("add", about=Phrase("command", "Make a key for a consumer of the feed, and print it this once"))
@CONSUMER
@BY
def add(consumer: str, language: Language) -> str:
    repository, key = open_repository(), new_key()
    make_feed_key(repository, consumer, key, operator(), now())
    note(repository, "feed_key_made", consumer=consumer)
    said = language.pgettext("feed command", "Give this key to the consumer; it cannot be shown again:")
    return f"{said}\n{key}"


@feed.command("list", about=Phrase("command", "List the consumers of the feed and whether their keys are in use"))
def list_(language: Language) -> str:
    keys = read_feed_keys(open_repository())
    if not keys:
        return language.pgettext("feed command", "There are no keys yet")
    heads = [
        language.pgettext("manage feed", "Consumer"),
        language.pgettext("manage feed", "Key made"),
        language.pgettext("manage feed", "By"),
        language.pgettext("manage feed", "Revoked"),
    ]
    rows = [
        [
            key.name,
            terminal.moment(key.made_at, language),
            key.made_by,
            terminal.moment(key.revoked_at, language) if key.revoked_at else "–",
        ]
        for key in keys
    ]
    return terminal.table([heads, *rows])


@feed.command("revoke", about=Phrase("command", "Let the key of a consumer open the feed no more"))
@CONSUMER
@BY
@YES
def revoke(consumer: str, is_sure: bool, language: Language) -> str:
    repository = open_repository()
    summary = [language.pgettext("feed command", "The key of this consumer stops working: %(name)s", name=consumer)]
    be_sure(summary, is_sure, language)
    revoke_feed_key(repository, consumer, now())
    note(repository, "feed_key_revoked", consumer=consumer)
    return language.pgettext("feed command", "Revoked: %(name)s", name=consumer)
