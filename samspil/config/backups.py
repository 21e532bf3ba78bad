# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A backup is one file: the database as it was at one moment, stored files if there are any, and what it was made with.

The keys (``SAMSPIL_SECRET_KEY``, ``SAMSPIL_AUDIT_KEY``) are never in it.
"""

import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.config.databases import DatabaseToolError, current_database

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database"
FILES = "files"


class BackupError(Exception):
    """Something that the person at the terminal must do or choose; the message says what."""


@dataclass(frozen=True)
class Manifest:
    """What a backup was made with, so that it is not put where it does not fit."""

    format: int
    samspil: str
    made_at: str
    database: str
    migrations: list[str]


def _manifest() -> Manifest:
    applied = MigrationRecorder(connection).applied_migrations()
    return Manifest(
        format=FORMAT,
        samspil=version("samspil"),
        made_at=timezone.now().isoformat(timespec="seconds"),
        database=connection.vendor,
        migrations=sorted(f"{app}.{name}" for app, name in applied),
    )


def _stored_files() -> Iterator[tuple[Path, str]]:
    root = Path(settings.MEDIA_ROOT) if settings.MEDIA_ROOT else None
    if root is not None and root.is_dir():
        for path in sorted(root.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path, f"{FILES}/{path.relative_to(root).as_posix()}"


def back_up(file: Path) -> Manifest:
    """Write the backup, readable by its owner only; raises ``BackupError`` and leaves no half file."""
    if file.exists():
        raise BackupError(_("%(file)s exists already. Choose another name.") % {"file": file})
    fresh = file.with_name(f"{file.name}.part")
    manifest = _manifest()
    try:
        with tempfile.TemporaryDirectory(prefix="samspil-backup-", dir=file.resolve().parent) as folder:
            dump = Path(folder) / DUMP
            current_database().dump(dump)
            described = Path(folder) / MANIFEST
            described.write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as stream, tarfile.open(fileobj=stream, mode="w:gz", compresslevel=6) as tar:
                tar.add(described, MANIFEST)
                tar.add(dump, DUMP)
                for path, name in _stored_files():
                    tar.add(path, name)
                stream.flush()
            with fresh.open("rb") as written:
                os.fsync(written.fileno())
        fresh.rename(file)
    except (OSError, DatabaseToolError) as error:
        raise BackupError(str(error)) from error
    finally:
        fresh.unlink(missing_ok=True)
    return manifest


def read_manifest(file: Path) -> Manifest:
    """Return what the backup was made with; raises ``BackupError`` where it is none."""
    try:
        with _opened(file) as tar:
            member = tar.extractfile(MANIFEST)
            return Manifest(**json.loads(member.read() if member else ""))
    except (OSError, EOFError, KeyError, TypeError, ValueError, tarfile.TarError) as error:
        raise BackupError(_("%(file)s is no backup of Samspil that can be read.") % {"file": file}) from error


@contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    with tarfile.open(file, mode="r:gz") as tar:
        yield tar


def why_not(manifest: Manifest) -> str:
    """Say why this Samspil cannot take the backup; empty where it can."""
    if manifest.format != FORMAT:
        return _(
            "The backup has a newer form than this Samspil knows. Install the version that made it: %(version)s."
        ) % {"version": manifest.samspil}
    if manifest.database != connection.vendor:
        return _("The backup is of %(theirs)s, and SAMSPIL_DATABASE_URL names %(ours)s. Both must be the same.") % {
            "theirs": manifest.database,
            "ours": connection.vendor,
        }
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if set(manifest.migrations) - known:
        return _("The backup was made by a newer Samspil, %(version)s. Install that one first.") % {
            "version": manifest.samspil
        }
    return ""


def restore(file: Path, *, replace: bool) -> Manifest:
    """Put the backup in the place of the database; all of it or nothing. Everybody must log in again.

    Raises ``BackupError`` where there is data and ``replace`` was not said.
    """
    manifest = read_manifest(file)
    if reason := why_not(manifest):
        raise BackupError(reason)
    database = current_database()
    try:
        if database.has_data() and not replace:
            raise BackupError(
                _(
                    "There is data in the database. Say --replace to put the backup in its place; what is there is then gone."
                )
            )
        with tempfile.TemporaryDirectory(prefix="samspil-restore-", dir=file.resolve().parent) as folder:
            dump = Path(folder) / DUMP
            with _opened(file) as tar:
                _copy_out(tar, DUMP, dump)
                database.load(dump)
                _put_files_back(tar)
    except (OSError, EOFError, KeyError, DatabaseToolError, tarfile.TarError) as error:
        raise BackupError(str(error)) from error
    Session.objects.all().delete()
    return manifest


def _copy_out(tar: tarfile.TarFile, name: str, target: Path) -> None:
    member = tar.extractfile(name)
    if member is None:
        raise tarfile.TarError(name)
    with target.open("wb") as stream:
        while block := member.read(1 << 20):
            stream.write(block)


def _put_files_back(tar: tarfile.TarFile) -> None:
    for member in tar.getmembers():
        parts = PurePosixPath(member.name).parts
        if parts[:1] != (FILES,) or not member.isfile():
            continue
        if ".." in parts or not settings.MEDIA_ROOT:
            raise tarfile.TarError(member.name)
        target = Path(settings.MEDIA_ROOT).joinpath(*parts[1:])
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy_out(tar, member.name, target)
