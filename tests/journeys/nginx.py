"""A real nginx with the file that is shipped, on free ports of this machine, in front of a service."""

import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.journeys.service import ROOT, TIME_TO_END

SHIPPED = ROOT / "docs" / "deployment" / "nginx.conf"
# As Debian has it, with as many connections as docs/operators.md asks for: what a server does not say for itself goes
# into these two logs.
AROUND = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/logs/error.log;
events {{ worker_connections 8192; }}
http {{
    access_log {folder}/logs/access.log;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/myfyrio.conf;
}}
"""


@dataclass(frozen=True)
class Nginx:
    """`secure` and `plain` are where it answers, with and without https."""

    secure: str
    plain: str
    folder: Path

    def logged(self) -> str:
        """Every log there is, one after another."""
        return "".join(path.read_text("utf-8") for path in sorted((self.folder / "logs").iterdir()))


@contextmanager
def nginx_before(origin: str, folder: Path) -> Iterator[Nginx]:
    """Run it until the end of the block. Raises LookupError where no nginx is named."""
    secure, plain = _free_ports()
    text = SHIPPED.read_text("utf-8")
    for shipped, here in {
        "https://reflect.example": f"https://localhost:{secure}",
        "reflect.example": "localhost",
        "listen 443": f"listen 127.0.0.1:{secure}",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "127.0.0.1:8000": urlsplit(origin).netloc,
        "/etc/ssl/": f"{folder}/",
        "/var/log/nginx/": f"{folder}/logs/",
    }.items():
        assert shipped in text, f"the shipped file says nothing of {shipped}"
        text = text.replace(shipped, here)
    (folder / "logs").mkdir()
    (folder / "myfyrio.conf").write_text(text, "utf-8")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder), "utf-8")
    make_certificate(folder)
    process = subprocess.Popen((_program(), "-p", folder, "-c", folder / "nginx.conf"))
    try:
        _wait_for(secure, process)
        yield Nginx(f"https://localhost:{secure}", f"http://localhost:{plain}", folder)
    finally:
        process.terminate()
        process.wait(TIME_TO_END)


def _program() -> str:
    found = os.environ.get("NGINX_PROGRAM")
    if not found:
        raise LookupError("This journey needs nginx. Name it: NGINX_PROGRAM=$(.ci/nginx)")
    return found


def _free_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return one.getsockname()[1], other.getsockname()[1]


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + TIME_TO_END
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port)) as connection, context.wrap_socket(connection):
                return
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.02)


def make_certificate(folder: Path) -> None:
    """A certificate for this machine that nobody but itself vouches for: reflect.pem, reflect.key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "reflect.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "reflect.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
