# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What one form is, and where the pages are that carry it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.faults.scene import Scene, Stage


@dataclass(frozen=True)
class Form:
    """One form. ``pick`` is a field that tells it from others on the page that go to the same address."""

    name: str
    who: str
    stage: Stage
    page: Callable[[Scene], str]
    fill: Callable[[Scene], Mapping[str, Any]] = lambda _scene: {}
    pick: str = ""
    case: str = ""
    creates: bool = False
    before: Callable[[Client, Scene], Any] | None = None
    leads_on: bool = True
    drops: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """Return what the test calls it."""
        return f"{self.name}-{self.case}" if self.case else self.name


def at(name: str, *args: Any) -> Callable[[Scene], str]:
    """Return the address of a page that needs nothing of the scene but what is given."""
    return lambda _scene: reverse(name, args=args)


def solbakken(name: str) -> Callable[[Scene], str]:
    """Return the address of a page of the workplace."""
    return lambda scene: reverse(name, args=[scene.cast.solbakken.slug])


def about_dialogue(name: str) -> Callable[[Scene], str]:
    """Return the address of a page of the dialogue."""
    return lambda scene: reverse(name, args=[scene.dialogue.pk])


def about_body(name: str) -> Callable[[Scene], str]:
    """Return the address of a page of the body."""
    return lambda scene: reverse(name, args=[scene.body.slug])


def part(name: str, key: str, attribute: str = "pk") -> Callable[[Scene], str]:
    """Return the address of a page about one part at hand."""

    def address(scene: Scene) -> str:
        found = scene.at_hand[key]
        return reverse(name, args=[getattr(found, attribute) if attribute else found])

    return address


def given(**values: Any) -> Callable[[Scene], Mapping[str, Any]]:
    """Return what is filled in, the same in every scene."""
    return lambda _scene: values
