# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Parts that few versions have. Whether there are any is asked along with the version, so that no page asks in vain."""

from typing import Any

from django.db import models

from samspil.agreements.change_models import Ending, NewActivity, TaskStop
from samspil.agreements.comment_models import CommentRound
from samspil.agreements.file_models import AttachedFile, Filing
from samspil.agreements.models import (
    AgreementVersion,
    BoundaryDecision,
    CoveredUnit,
    Involvement,
    LocalPrinciple,
    Place,
)
from samspil.frameworks.models import FrameworkVersion

_NEWER_EDITION = "has_newer_edition"
_BEFORE = "before_"
_OF_THE_VERSION: tuple[type[models.Model], ...] = (
    AttachedFile,
    BoundaryDecision,
    CommentRound,
    CoveredUnit,
    Ending,
    Filing,
    LocalPrinciple,
    Place,
)
_OF_THE_AGREEMENT: tuple[type[models.Model], ...] = (NewActivity, TaskStop)


def _mark(model: type[models.Model]) -> str:
    return f"has_{model._meta.model_name}"  # noqa: SLF001 - Django's _meta is public in all but name


def rare_parts(
    version: str = "pk", agreement: str = "agreement_id", edition: str = "framework__number"
) -> dict[str, models.Exists]:
    """Return what a query asks along, by the names of its fields for the version and its agreement."""
    asked = {
        _mark(model): models.Exists(model._default_manager.filter(version=models.OuterRef(version)))  # noqa: SLF001
        for model in _OF_THE_VERSION
    }
    heard = Involvement.objects.filter(agreement=models.OuterRef(agreement), taken_out_at=None)
    since = {
        _mark(model): models.Exists(model._default_manager.filter(agreement=models.OuterRef(agreement)))  # noqa: SLF001
        for model in _OF_THE_AGREEMENT
    }
    newer = FrameworkVersion.objects.published().filter(number__gt=models.OuterRef(edition))
    return {**asked, **since, _mark(Involvement): models.Exists(heard), _NEWER_EDITION: models.Exists(newer)}


def hand_on(row: Any, version: AgreementVersion) -> AgreementVersion:
    """Put on a version what was asked along with another row that refers to it."""
    models_asked: tuple[type[models.Model], ...] = (*_OF_THE_VERSION, *_OF_THE_AGREEMENT, Involvement)
    for model in models_asked:
        setattr(version, _mark(model), getattr(row, _mark(model)))
    setattr(version, _NEWER_EDITION, getattr(row, _NEWER_EDITION))
    return version


def rare_parts_before() -> dict[str, models.Exists]:
    """Return what a query for versions asks along about the ones that they were copied from."""
    asked = rare_parts("copied_from_id", "agreement_id", "copied_from__framework__number")
    return {f"{_BEFORE}{name}": part for name, part in asked.items()}


def hand_on_before(version: AgreementVersion) -> AgreementVersion:
    """Put on the version that this one was copied from what was asked along about it."""
    if version.copied_from is not None:
        for name in rare_parts():
            setattr(version.copied_from, name, getattr(version, f"{_BEFORE}{name}"))
    return version


def may_have(version: AgreementVersion, model: type[models.Model]) -> bool:
    """Say whether it is worth asking for the rows: no only where it was asked along and there were none."""
    return bool(getattr(version, _mark(model), True))


def may_be_outdated(version: AgreementVersion) -> bool:
    """Say whether it is worth asking for a newer edition of the framework: no only where there is none published."""
    return bool(getattr(version, _NEWER_EDITION, True))
