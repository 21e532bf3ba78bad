# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Run a command beside a private PostgreSQL cluster that is made for it and removed after it.

    scripts/pg_cluster.py -- pytest -m "not long"

The server listens on a Unix socket in a temporary folder, belongs to an unprivileged user (also
when root starts it) and has the roles of production: ``samspil_owner`` makes the tables, ``samspil_app``
uses them, ``samspil_backup`` copies them. The command finds them in its environment. Needs nothing but Python's
standard library and the server's own programs.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

OLDEST = 15
DATABASE = "samspil"
ROLES = f"""
CREATE ROLE samspil_owner LOGIN NOSUPERUSER CREATEDB NOBYPASSRLS;
CREATE ROLE samspil_app LOGIN NOSUPERUSER NOCREATEDB NOBYPASSRLS;
CREATE ROLE samspil_backup LOGIN NOSUPERUSER BYPASSRLS;
GRANT pg_read_all_data TO samspil_backup;
CREATE DATABASE {DATABASE} OWNER samspil_owner;
"""
# Said in template1 too, so that the databases that tests make have it.
PRIVILEGES = """
ALTER DEFAULT PRIVILEGES FOR ROLE samspil_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO samspil_app;
ALTER DEFAULT PRIVILEGES FOR ROLE samspil_owner GRANT USAGE, SELECT ON SEQUENCES TO samspil_app;
"""
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "autovacuum": "off",
    "timezone": "UTC",
}


class NoServerError(Exception):
    """PostgreSQL is missing or does not start; the message says what to do."""


def server_programs() -> Path:
    """Return the folder of ``initdb`` and ``postgres``, the newest version that is installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin_: int(bin_.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    for folder in [*folders, *([Path(on_path).resolve().parent] if on_path else [])]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            version = subprocess.run([folder / "postgres", "-V"], capture_output=True, text=True, check=True).stdout
            if int(version.split()[2].partition(".")[0].rstrip("abdehlprtvc")) >= OLDEST:
                return folder
    message = f"PostgreSQL {OLDEST} or newer is missing. On Debian: apt-get install postgresql"
    raise NoServerError(message)


def unprivileged() -> dict[str, Any]:
    """Return what ``subprocess`` needs to run the server as somebody other than root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    message = "PostgreSQL does not run as root, and this machine has neither the user postgres nor nobody."
    raise NoServerError(message)


def initialise(programs: Path, data: Path, identity: dict[str, Any]) -> None:
    """Create the cluster, with Danish sorting where the server was built with ICU."""
    common: list[str | Path] = [programs / "initdb", "--no-sync", "--no-instructions", "-D", data, "-U", "postgres"]
    common += ["-E", "UTF8", "--auth=trust"]
    icu = ["--locale-provider=icu", "--icu-locale=da-DK", "--locale=C.UTF-8"]
    answers = []
    for locale in (icu, ["--locale=C.UTF-8"], ["--locale=C"]):
        done = subprocess.run([*common, *locale], capture_output=True, text=True, check=False, cwd="/", **identity)
        if done.returncode == 0:
            return
        answers.append(done.stderr.strip())
    raise NoServerError("\n".join(answers))


def dies_with_parent() -> Callable[[], None] | None:
    """Return what makes the server stop when this script is killed, where the kernel can do that."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    set_parent_death_signal = 1
    return lambda: prctl(set_parent_death_signal, signal.SIGQUIT)


@contextmanager
def cluster() -> Iterator[Path]:
    """Create, start, and in the end stop and remove a cluster; gives the folder of its socket."""
    programs, identity = server_programs(), unprivileged()
    home = Path(tempfile.mkdtemp(prefix="samspil-pg-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        if identity:
            os.chown(home, identity["user"], identity["group"])
        data, log = home / "data", home / "log"
        initialise(programs, data, identity)
        options = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        with log.open("wb") as lines:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, "-k", home, *options],
                stdin=subprocess.DEVNULL,
                stdout=lines,
                stderr=lines,
                cwd="/",
                # Ctrl-C is for the command; the server stops after it.
                start_new_session=True,
                preexec_fn=dies_with_parent(),  # noqa: PLW1509  single-threaded here
                **identity,
            )
        wait_until_ready(programs, home, server, log)
        for database, statements in (("postgres", ROLES), ("template1", PRIVILEGES), (DATABASE, PRIVILEGES)):
            psql(programs, home, database, statements)
        yield home
    finally:
        if server is not None and server.poll() is None:
            server.send_signal(signal.SIGQUIT)
            server.wait()
        shutil.rmtree(home, ignore_errors=True)


def wait_until_ready(programs: Path, home: Path, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for the server to answer, half a minute at most."""
    for _ in range(300):
        answer = subprocess.run([programs / "pg_isready", "-q", "-h", home], check=False, cwd="/")
        if answer.returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise NoServerError("PostgreSQL does not start:\n" + log.read_text(errors="replace")[-2000:])


def psql(programs: Path, home: Path, database: str, statements: str) -> None:
    """Run statements one by one as the cluster's superuser."""
    command: list[str | Path] = [programs / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", home, "-U", "postgres"]
    command += ["-d", database]
    subprocess.run(command, input=statements, text=True, check=True, cwd="/")


def run(command: list[str]) -> int:
    """Run the command beside a fresh cluster and return its exit code."""
    child: subprocess.Popen[bytes] | None = None

    def pass_on(number: int, _: FrameType | None) -> None:
        if child is not None and child.poll() is None:
            child.send_signal(number)
        else:
            raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, pass_on)
    with cluster() as socket:
        environment = {
            **os.environ,
            "SAMSPIL_DATABASE_URL": f"postgres://samspil_app@/{socket}/{DATABASE}",
            "SAMSPIL_OWNER_DATABASE_URL": f"postgres://samspil_owner@/{socket}/{DATABASE}",
            "SAMSPIL_BACKUP_DATABASE_URL": f"postgres://samspil_backup@/{socket}/{DATABASE}",
        }
        child = subprocess.Popen(command, env=environment)
        while True:
            try:
                code = child.wait()
                return code if code >= 0 else 128 - code
            except KeyboardInterrupt:
                continue  # the command had the Ctrl-C too, and ends in its own way


def main() -> int:
    """Read the command line."""
    command = sys.argv[1:]
    if command[:1] == ["--"]:
        command = command[1:]
    if not command:
        print(__doc__)
        return 2
    try:
        return run(command)
    except NoServerError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
