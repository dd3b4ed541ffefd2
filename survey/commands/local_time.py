"""Times as people give them to a command: by the clocks of the United Kingdom, kept in UTC."""

from datetime import UTC, datetime
from typing import Any, NoReturn

import click

from survey.commands import cli_i18n
from survey.languages import UK, Phrase

FORMAT = "%Y-%m-%d %H:%M"
NOT_A_TIME = Phrase("command usage", "%(name)s has to be a time like “2026-09-01 09:00”. This is not one: %(given)s")
NO_SUCH_TIME = Phrase(
    "command usage", "%(name)s: the clocks go forward that night, so there is no %(given)s. Choose another time"
)
TWICE = Phrase(
    "command usage", "%(name)s: the clocks go back that night, so %(given)s comes twice. Choose another time"
)


class LocalTime(click.ParamType[datetime]):
    """A date and a time of day in the United Kingdom; what comes out is aware and in UTC."""

    name = "YYYY-MM-DD HH:MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Refuses what is no time, and the hours that a change of the clocks leaves out or repeats."""
        if isinstance(value, datetime):
            return value

        def refuse(phrase: Phrase) -> NoReturn:
            name = max(param.opts, key=len) if param else self.name
            raise cli_i18n.WrongUsage("\n".join(cli_i18n.both(phrase, name=name, given=value)), ctx)

        try:
            # Exactly this form: strptime would also take 2026-9-1.
            local = datetime.strptime(value, FORMAT).replace(tzinfo=UK)
        except ValueError:
            refuse(NOT_A_TIME)
        if local.strftime(FORMAT) != value:
            refuse(NOT_A_TIME)
        moment = local.astimezone(UTC)
        if moment.astimezone(UK).replace(fold=0) != local:
            refuse(NO_SUCH_TIME)
        if local.replace(fold=1).utcoffset() != local.utcoffset():
            refuse(TWICE)
        return moment


LOCAL_TIME = LocalTime()
