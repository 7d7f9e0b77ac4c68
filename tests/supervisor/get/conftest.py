"""A download server on loopback that misbehaves on demand, and programs made of shell."""

import hashlib
import io
import tarfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from vedette.model.program import Program, Release
from vedette.model.version import Version
from vedette.supervisor.get import Sources
from vedette.supervisor.get.platforms import PLATFORMS


@dataclass
class Shop:
    """What the server offers, what it does wrong, and what it was asked."""

    files: dict[str, bytes] = field(default_factory=dict)
    cut: list[int] = field(default_factory=list)  # bytes after which an answer breaks off
    spoilt: int = 0  # answers whose bytes are wrong
    ranges: bool = True
    asked: list[tuple[str, str]] = field(default_factory=list)  # path, Range
    address: str = ""


class _Handler(BaseHTTPRequestHandler):
    shop: Shop

    def do_GET(self) -> None:
        """Serve a file, or a piece of it."""
        wanted = self.headers.get("Range", "")
        self.shop.asked.append((self.path, wanted))
        data = self.shop.files.get(self.path)
        if data is None:
            self.send_error(404)
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and self.shop.ranges else 0
        if start and start >= len(data):
            self.send_error(416)
            return
        body = data[start:]
        if self.shop.spoilt:
            self.shop.spoilt -= 1
            body = bytes(len(body))
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.shop.cut:
            body = body[: self.shop.cut.pop(0)]
            self.close_connection = True
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its parent's name
        """Say nothing."""


@pytest.fixture
def shop() -> Iterator[Shop]:
    """A download server on a free port."""
    offer = Shop()
    handler = type("Handler", (_Handler,), {"shop": offer})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        offer.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield offer
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    """Keep loopback away from a proxy that the machine may need."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def sources(tmp_path) -> Sources:
    """An empty cache, nothing on PATH, a short patience."""
    return Sources(cache=tmp_path / "cäche x", path=str(tmp_path / "no bin"), connect_seconds=1.0)


class Make:
    """Programs, archives and packages, made on the spot."""

    @staticmethod
    def script(version: str, name: str = "sentry") -> bytes:
        """A program that only knows its version."""
        return f"#!/bin/sh\necho {name}, version {version}\n".encode()

    @staticmethod
    def sha256(data: bytes) -> str:
        """The sum of some bytes."""
        return hashlib.sha256(data).hexdigest()

    @staticmethod
    def tar(members: dict[str, bytes]) -> bytes:
        """A tar.gz archive of plain files."""
        stream = io.BytesIO()
        with tarfile.open(fileobj=stream, mode="w:gz") as archive:
            for name, data in members.items():
                info = tarfile.TarInfo(name)
                info.size, info.mode = len(data), 0o755
                archive.addfile(info, io.BytesIO(data))
        return stream.getvalue()

    @staticmethod
    def deb(members: dict[str, bytes]) -> bytes:
        """A Debian package of plain files, complete enough for dpkg-deb."""
        control = Make.tar({"./control": b"Package: sentry\nVersion: 1\nArchitecture: all\n"})
        parts = {
            "debian-binary": b"2.0\n",
            "control.tar.gz": control,
            "data.tar.gz": Make.tar({f"./{name}": data for name, data in members.items()}),
        }
        package = b"!<arch>\n"
        for name, data in parts.items():
            package += f"{name:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n".encode()
            package += data + b"\n" * (len(data) % 2)
        return package

    @staticmethod
    def executable(file: Path, data: bytes) -> Path:
        """Write a program to a file."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        file.chmod(0o755)
        return file


@pytest.fixture
def make() -> type[Make]:
    """What makes the archives of a test."""
    return Make


@pytest.fixture
def released(shop, make) -> Callable[..., Program]:
    """A program whose official release the server offers."""

    def build(version: str = "1.2.3", *, name: str = "sentry", minimum: str = "1.0") -> Program:
        archive = make.tar({f"{name}-{version}/{name}": make.script(version, name)})
        shop.files[f"/{version}/{name}.tar.gz"] = archive
        least = Version.find(minimum)
        assert least
        release = Release(
            version=version,
            url=f"{shop.address}/{{version}}/{name}.tar.gz",
            member=f"{name}-{{version}}/{name}",
            sums=dict.fromkeys(PLATFORMS, make.sha256(archive)),
            published="this test",
        )
        return Program(name=name, minimum=least, release=release)

    return build
