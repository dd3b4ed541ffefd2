"""A cable between a browser and the service, to be pulled out: unlike the browser's own switch, it takes the network
from service workers too.
"""

import socket
import threading
from contextlib import suppress
from types import TracebackType
from urllib.parse import urlsplit

CHUNK = 65536


class Cable:
    """Passes on what comes to `origin`, on a port of this machine, to the service while it `is_in`."""

    def __init__(self, service_origin: str) -> None:
        target = urlsplit(service_origin)
        self._target = (target.hostname, target.port)
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._open: list[socket.socket] = []
        self.is_in = True
        self.origin = "http://{}:{}".format(*self._listening.getsockname())

    def __enter__(self) -> "Cable":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._listening.close()
        self.pull()

    def pull(self) -> None:
        """Cut what is under way, and let nothing through any more."""
        self.is_in = False
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def put_back(self) -> None:
        """Let everything through again."""
        self.is_in = True

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            if not self.is_in:
                client.close()
                continue
            threading.Thread(target=self._join, args=(client,), daemon=True).start()

    def _join(self, client: socket.socket) -> None:
        with suppress(ConnectionError), client, socket.create_connection(self._target) as service:
            self._open += [client, service]
            back = threading.Thread(target=_pass_on, args=(service, client), daemon=True)
            back.start()
            _pass_on(client, service)
            back.join()


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(CHUNK):
            sink.sendall(data)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
