# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The file between looking at a plan and saying yes to it: kept for an hour, for the one who chose it."""

import uuid
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.models import WaitingFile

KEPT_FOR = timedelta(hours=1)


def keep(*, kind: str, name: str, content: bytes, actor: Capacity, at: datetime) -> WaitingFile:
    """Keep the file, in place of an earlier one of the same kind that the same person chose."""
    forget_old(at=at)
    WaitingFile.objects.filter(kind=kind, kept_by=actor.person).delete()
    return WaitingFile.objects.create(
        token=uuid.uuid4(), kind=kind, name=name[:200], content=content, kept_by=actor.person, kept_at=at
    )


def waiting(*, kind: str, token: str, actor: Capacity, at: datetime) -> WaitingFile:
    """Return the person's own file; raises ``Refusal`` where it is gone."""
    try:
        key = uuid.UUID(token)
    except ValueError:
        key = uuid.uuid4()
    found = WaitingFile.objects.filter(token=key, kind=kind, kept_by=actor.person, kept_at__gt=at - KEPT_FOR).first()
    if found is None:
        raise Refusal(_("The file is kept for an hour, and is gone now. Choose it again."))
    return found


def forget(*, file: WaitingFile) -> None:
    """Delete the file; it has been read in."""
    file.delete()


def forget_old(*, at: datetime) -> int:
    """Delete what has waited for more than an hour; the hourly job does it too."""
    return WaitingFile.objects.filter(kept_at__lte=at - KEPT_FOR).delete()[0]
