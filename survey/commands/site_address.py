"""Where the site is, for what is sent to people: an address without it would lead nowhere."""

import click
from flask import current_app

from survey.commands import cli_i18n


def site_of(given: str) -> str:
    """The address that was given, or else that of the only host the service answers to.

    Raises WrongUsage when there is neither.
    """
    if given:
        return given
    hosts: list[str] = current_app.config["HOSTS"] or []
    if len(hosts) != 1 or hosts[0].startswith("."):
        raise cli_i18n.WrongUsage(
            "\n".join(cli_i18n.both(cli_i18n.NOT_GIVEN, name="--site")), click.get_current_context()
        )
    return f"{'https' if current_app.config['HTTPS'] else 'http'}://{hosts[0]}"
