"""The data folder, made ready when the application starts, and the secret that is kept in it."""

import click
from flask import Flask, current_app

from survey.storage.data_folder import open_data_folder, secret_of
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.repository import FileRepository


def init_app(app: Flask) -> None:
    """Open the data folder. Its secret signs sessions unless the setting gives one.

    A folder that cannot be opened is logged, and `/healthz` says so; commands that need none go on.
    """
    folder = app.config["DATA"]
    try:
        app.extensions["repository"] = open_data_folder(folder)
        secret = secret_of(folder)
        app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or secret
    except StorageError as error:
        app.extensions["repository"] = FileRepository(folder)
        # A command that needs the folder says so itself.
        if click.get_current_context(silent=True) is None:
            app.logger.error("The data folder cannot be used: %s", error)


def access_secret() -> bytes:
    """What access codes are hashed with: kept with the data, so that codes outlive a change of settings.

    Raises StorageError.
    """
    return secret_of(current_app.config["DATA"]).encode()
