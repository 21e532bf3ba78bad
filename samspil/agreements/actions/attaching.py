# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Files beside the text: put there and taken away by the leader, until it is decided on (R61)."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.agreements.actions.drafting import AT_THE_TABLE
from samspil.agreements.actions.existing import SentFile
from samspil.agreements.actions.locking import for_writing
from samspil.agreements.file_models import AttachedFile
from samspil.agreements.files import TEXT, cleaned_name, media_type_of
from samspil.agreements.models import AgreementVersion
from samspil.agreements.states import State
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.text import looks_like_personal_number

MOST_FILES = 5
LARGEST_FILE = 10 * 1024 * 1024


@transaction.atomic
def attach_file(*, version: AgreementVersion, file: SentFile, actor: Capacity, at: datetime) -> AttachedFile:
    """Put a file beside the text; in dialogue the body is given it as *forelæg igen*.

    Refused where it is none of the kinds that we take by its own bytes, too large, or one too many.
    """
    current = for_writing(version, actor, AT_THE_TABLE)
    media_type = _checked_type(file.content)
    name = cleaned_name(file.name, media_type)
    if looks_like_personal_number(name) or (
        media_type == TEXT and looks_like_personal_number(file.content.decode("utf-8"))
    ):
        raise Refusal(_("There is a CPR number in the file or its name. Take it out first."))
    names = list(AttachedFile.objects.filter(version=current).values_list("name", flat=True))
    if len(names) >= MOST_FILES:
        raise Refusal(_("There are five files already, and that is the most. Remove one first."))
    if name.casefold() in {known.casefold() for known in names}:
        raise Refusal(
            _("A file called “%(name)s” is attached already. Remove it first, or give this one another name.")
            % {"name": name}
        )
    attached = AttachedFile.objects.create(
        version=current,
        name=name,
        media_type=media_type,
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
        content=file.content,
        attached_at=at,
        attached_by_id=actor.person,
    )
    audit.record(
        name="agreements.file.attach",
        subject=current,
        actor=actor,
        at=at,
        changes={"sha256": attached.sha256, "size": attached.size},
    )
    _put_before_the_body_again(current, actor, at)
    return attached


def _checked_type(content: bytes) -> str:
    if not content:
        raise Refusal(_("The file is empty. Choose another."))
    if len(content) > LARGEST_FILE:
        raise Refusal(_("The file is too large. It may be 10 MB at most."))
    media_type = media_type_of(content)
    if not media_type:
        raise Refusal(_("The file must be PDF, Word (.docx), Excel (.xlsx), a picture (.png, .jpg) or plain text."))
    return media_type


@transaction.atomic
def remove_file(*, file: AttachedFile, actor: Capacity, at: datetime) -> None:
    """Take a file away again; papers from before keep its name and control code."""
    current = for_writing(file.version, actor, AT_THE_TABLE)
    audit.record(name="agreements.file.remove", subject=current, actor=actor, at=at, changes={"sha256": file.sha256})
    AttachedFile.objects.filter(pk=file.pk).delete()
    _put_before_the_body_again(current, actor, at)


def _put_before_the_body_again(version: AgreementVersion, actor: Capacity, at: datetime) -> None:
    if version.state == State.IN_DIALOGUE:
        from samspil.agreements.actions.discussing import put_before_the_body_again  # noqa: PLC0415

        put_before_the_body_again(version, actor, at)
