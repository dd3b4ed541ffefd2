"""The blueprint of the anonymous pages. Each address holds the link of a cluster, which `url_for` keeps."""

from typing import Any

from flask import Blueprint, g

blueprint = Blueprint("anonymous", __name__, url_prefix="/survey/<link>")


@blueprint.url_value_preprocessor
def _take_link(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.link = values.pop("link") if values else ""


@blueprint.url_defaults
def _keep_link(_endpoint: str, values: dict[str, Any]) -> None:
    if "link" not in values:
        values["link"] = g.link
