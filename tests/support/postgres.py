"""Finding a PostgreSQL server for the tests, or starting one."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import URL, make_url

_USUAL = "postgresql://postgres:postgres@127.0.0.1:5432/postgres"
_HELP = (
    "The tests need PostgreSQL: set QUWEN_TEST_POSTGRES_URL to a server where databases may be made, "
    "start one on 127.0.0.1:5432 (user postgres), or install its programs (Debian: postgresql)."
)
_PATIENCE = 30  # seconds for a server to start


@dataclass
class PostgresServer:
    """A server, and the process and folder to take away at the end if we started it."""

    url: URL
    process: subprocess.Popen[bytes] | None = None
    folder: Path | None = None
    begin: Callable[[], subprocess.Popen[bytes]] | None = None

    def crash(self) -> None:
        """End what we started as if the power went; another's server is never ended."""
        assert self.process is not None, "this server is not ours"
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(_PATIENCE)

    def start(self) -> None:
        """Start it again, on what is in its folder."""
        assert self.begin is not None, "this server is not ours"
        self.process = self.begin()
        self.wait()

    def wait(self) -> None:
        """Wait until it answers; fails the test where it does not."""
        assert self.process is not None
        assert self.folder is not None
        deadline = time.monotonic() + _PATIENCE
        while (problem := _problem(self.url)) is not None:
            if self.process.poll() is not None or time.monotonic() > deadline:
                said = (self.folder / "log").read_text(errors="replace")[-2000:]
                self.stop()
                pytest.fail(f"PostgreSQL did not start: {problem}\n{said}", pytrace=False)
            time.sleep(0.1)

    def stop(self) -> None:
        """End what we started; another's server is left alone."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


def find_server(wanted: str | None) -> PostgresServer:
    """The server at `wanted`, or the usual one, or one started here. Fails the test where none can be had."""
    url = make_url(wanted or _USUAL)
    problem = _problem(url)
    if problem is None:
        return PostgresServer(url)
    if wanted:
        pytest.fail(f"QUWEN_TEST_POSTGRES_URL does not answer: {problem}", pytrace=False)
    programs = _programs()
    if programs is None:
        pytest.fail(_HELP, pytrace=False)
    return _start(programs)


def own_server() -> PostgresServer:
    """A server of the caller's own, which may be crashed. Fails the test where its programs are missing."""
    programs = _programs()
    if programs is None:
        pytest.fail(
            "This test starts PostgreSQL itself: install its programs (Debian: postgresql).", pytrace=False
        )
    return _start(programs)


def _problem(url: URL) -> str | None:
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        psycopg.connect(address, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        return str(error)
    return None


def _programs() -> Path | None:
    """The folder of initdb and postgres, the newest version first."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    return next(
        (folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()),
        None,
    )


def _start(programs: Path) -> PostgresServer:
    folder = Path(tempfile.mkdtemp(prefix="quwen-postgres-"))
    who = _unprivileged(folder)
    data = folder / "data"
    subprocess.run(
        [
            programs / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        **who,
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(folder), "fsync": "off"}

    def begin() -> subprocess.Popen[bytes]:
        with (folder / "log").open("ab") as log:
            return subprocess.Popen(
                [
                    programs / "postgres",
                    "-D",
                    data,
                    "-p",
                    str(port),
                    *(f"-c{key}={value}" for key, value in options.items()),
                ],
                stdout=log,
                stderr=log,
                cwd=folder,
                **who,
            )

    url = make_url(f"postgresql://postgres@127.0.0.1:{port}/postgres")
    server = PostgresServer(url, begin(), folder, begin)
    server.wait()
    return server


def _unprivileged(folder: Path) -> dict[str, Any]:
    """For root, whom PostgreSQL refuses: run it as another user, who then owns the folder."""
    if os.geteuid() != 0:
        return {}
    known = {user.pw_name: user for user in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
