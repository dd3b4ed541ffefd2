"""The blueprint that every page of the people who run a round belongs to."""

from flask import Blueprint

blueprint = Blueprint("manage", __name__, url_prefix="/manage")
