# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A clock that stands still until it is moved, and a mail server of our own that answers as it is told."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from socket import socket
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from django.utils import timezone

from samspil.notifications.actions import tell
from samspil.notifications.kinds import Kind
from samspil.notifications.models import Delivery
from samspil.notifications.sending import send_what_is_due

TITLE = "Bekræft drøftelsen om højtlæsning"


@dataclass
class Clock:
    """What time it is for everybody."""

    now: datetime


@pytest.fixture
def clock(monkeypatch, at) -> Clock:
    """Let it be the moment of the test, a Monday at noon."""
    clock = Clock(at)
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@dataclass
class Relay:
    """The municipality's mail server: what it has taken, and what it says to whom."""

    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    says: dict[str, str] = field(default_factory=dict)
    after_data: str = "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        said = self.says.get(address, "250 OK")
        if said == "drop":
            server.transport.close()
            return "250 OK"
        if said == "slow":
            await asyncio.sleep(0.6)
            return "250 OK"
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.after_data.startswith("250"):
            message = message_from_bytes(envelope.content, policy=policy.default)
            self.taken += [(address, message) for address in envelope.rcpt_tos]
        return self.after_data

    @property
    def sent_to(self) -> list[str]:
        """Who got something, in order."""
        return [address for address, _ in self.taken]


@pytest.fixture
def relay(settings, clock) -> Iterator[Relay]:
    """A real mail server, on a port of its own, that waits for nobody longer than a third of a second."""
    relay = Relay()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(relay, hostname="127.0.0.1", port=port, enable_SMTPUTF8=False)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_TIMEOUT = 0.3
    yield relay
    controller.stop()


@pytest.fixture
def tell_tove(cast, clock):
    """Tell Tove something now."""

    def tell_her(key="k", kind=Kind.MED, people=(), **more):
        return tell(
            people=people or [cast.tove.user_id], key=key, kind=kind, title=TITLE, link="/med/1/", at=clock.now, **more
        )

    return tell_her


@pytest.fixture
def work(cast):
    """Let the worker take its turn in the municipality, and say how many e-mails it sent."""
    return lambda: send_what_is_due(cast.municipality.pk).sent


@pytest.fixture
def attempts():
    """Give how each attempt ended, oldest first."""
    return lambda: list(Delivery.objects.order_by("pk").values_list("attempt", "outcome", "error"))
