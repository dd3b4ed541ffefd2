"""The blueprint that every page of the answering journey belongs to."""

from flask import Blueprint

blueprint = Blueprint("respond", __name__)
