# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The addresses of the product, and two that fail."""

from typing import NoReturn

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest
from django.urls import path

from samspil.config.urls import handler400, handler403, handler404, handler500
from samspil.config.urls import urlpatterns as ordinary


def fails(_request: HttpRequest) -> NoReturn:
    """Be a fault of ours."""
    message = "a fault of ours"
    raise RuntimeError(message)


def forbids(_request: HttpRequest) -> NoReturn:
    """Refuse without a page of its own."""
    raise PermissionDenied


def suspects(_request: HttpRequest) -> NoReturn:
    """Be sent what no browser sends."""
    raise SuspiciousOperation


urlpatterns = [*ordinary, path("fejl/", fails), path("forbudt/", forbids), path("underligt/", suspects)]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
