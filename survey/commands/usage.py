"""What is said of a command that is used wrongly: every fault that click finds, as a phrase of ours and its values."""

import re

import click

from survey.languages import Phrase

NO_OPTION = Phrase("command usage", "There is no option %(name)s")
NO_COMMAND = Phrase("command usage", "There is no command %(name)s")
NOT_GIVEN = Phrase("command usage", "%(name)s has to be given")
NEEDS_VALUE = Phrase("command usage", "%(name)s needs a value after it")
TAKES_NO_VALUE = Phrase("command usage", "%(name)s takes no value")
TOO_MANY = Phrase("command usage", "There are more words here than the command takes")
NOT_A_CHOICE = Phrase("command usage", "%(name)s has to be one of: %(choices)s")
NOT_A_NUMBER = Phrase("command usage", "%(name)s has to be a whole number, and this is none: %(given)s")
NOT_A_DECIMAL = Phrase("command usage", "%(name)s has to be a number, and this is none: %(given)s")
NOT_IN_RANGE = Phrase("command usage", "%(name)s has to be a number from %(least)s to %(most)s")
NOT_USABLE = Phrase("command usage", "%(name)s cannot be used: %(reason)s")
NOT_UNDERSTOOD = Phrase("command usage", "This cannot be understood: %(reason)s")

# What is wrong with a path, by the words in which click ends.
PATHS = {
    "does not exist": Phrase("command usage", "%(name)s: there is nothing called %(given)s"),
    "is a file": Phrase("command usage", "%(name)s has to be a folder, and this is a file: %(given)s"),
    "is a directory": Phrase("command usage", "%(name)s has to be a file, and this is a folder: %(given)s"),
    "is not readable": Phrase("command usage", "%(name)s: this may not be read: %(given)s"),
    "is not writable": Phrase("command usage", "%(name)s: this may not be written: %(given)s"),
}

UsageFault = tuple[Phrase, dict[str, object]]


def reworded(fault: click.UsageError) -> UsageFault:
    """What click says in English, as a phrase and its values."""
    match fault:
        case click.NoSuchOption():
            return NO_OPTION, {"name": fault.option_name}
        case click.BadOptionUsage():
            takes_none = "not take a value" in fault.message
            return TAKES_NO_VALUE if takes_none else NEEDS_VALUE, {"name": fault.option_name}
        case click.BadParameter() if fault.param is not None:
            return _of_parameter(fault, fault.param)
    if fault.message.startswith("Got unexpected extra argument"):
        return TOO_MANY, {}
    return NOT_UNDERSTOOD, {"reason": fault.format_message()}


def _of_parameter(fault: click.BadParameter, param: click.Parameter) -> UsageFault:
    name = max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name
    if isinstance(fault, click.MissingParameter):
        return NOT_GIVEN, {"name": name}
    given = re.search(r"'(.*)'", fault.message)
    values: dict[str, object] = {"name": name, "given": given[1] if given else ""}
    kind = param.type
    match kind:
        case click.Choice():
            return NOT_A_CHOICE, {"name": name, "choices": ", ".join(map(str, kind.choices))}
        case click.IntRange() | click.FloatRange() if "not in the range" in fault.message:
            return NOT_IN_RANGE, {"name": name, "least": _end(kind.min), "most": _end(kind.max)}
        case click.types.IntParamType():
            return NOT_A_NUMBER, values
        case click.types.FloatParamType():
            return NOT_A_DECIMAL, values
        case click.Path() | click.File():
            for ending, phrase in PATHS.items():
                if fault.message.removesuffix(".").endswith(ending):
                    return phrase, values
    return NOT_USABLE, {"name": name, "reason": fault.message}


def _end(limit: float | None) -> str:
    return "∞" if limit is None else f"{limit:g}"
