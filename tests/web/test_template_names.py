"""What templates can name: of a template that gives macros to others only one is made."""

from flask import Flask


def test_a_template_that_gives_macros_to_others_is_drawn_once_for_all_of_them(app: Flask) -> None:
    """A new one would be made wherever the names of the two differed."""
    environment = app.jinja_env
    giving = environment.get_template("components/button.html")
    taking = environment.get_template("layout.html").new_context({})
    given = giving._get_default_module(taking)
    assert given is giving.module
    environment.globals["said_later"] = "now"
    assert environment.get_template("layout.html").new_context({})["said_later"] == "now"
    assert "said_later" in giving.globals.keys()  # noqa: SIM118 (it is the view that Jinja asks for)
    assert giving._get_default_module(environment.get_template("layout.html").new_context({})) is given
