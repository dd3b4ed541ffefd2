"""A Flask application that reads what it is sent and says that it has: what gunicorn, Flask and this machine take."""

from flask import Flask, request

app = Flask(__name__)


@app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
@app.route("/<path:path>", methods=["GET", "POST"])
def answer(path: str) -> str:
    """The same for every address."""
    return f"{path} {len(request.form)}"
