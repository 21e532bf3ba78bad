# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Sending what is due: one connection, one e-mail at a time, a turn at a time.

No transaction is open while the mail server is waited for. A turn ends after some seconds, so that other work comes in
between; it needs the memory of one page of keys, however much waits.
"""

import logging
import smtplib
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from samspil.foundation import tenancy
from samspil.notifications import actions
from samspil.notifications.mail import Letter, letter_of, neutral_mail
from samspil.notifications.models import Delivery
from samspil.notifications.queries import due, outside_due

_logger = logging.getLogger(__name__)

Outcome = Delivery.Outcome
SECONDS_A_TURN = 10.0
PAGE = 100
PERMANENT = 500
HEADERS = {"Auto-Submitted": "auto-generated"}


@dataclass(frozen=True)
class Turn:
    """What one turn did; ``is_more`` says that something due is left that could be sent now."""

    sent: int
    is_more: bool


def send_what_is_due(municipality_id: int, *, seconds: float = SECONDS_A_TURN) -> Turn:
    """Send what is due in one municipality until nothing is, the time is up, or the mail server cannot be reached."""
    ends, sent = time.monotonic() + seconds, 0
    with tenancy.scope(municipality_id):
        actions.take_up_lost(at=timezone.now())
        actions.postpone_while_closed(at=timezone.now())
    with _MailServer() as server:
        sent += _send_outside(municipality_id, server, ends)
        while not server.is_away:
            with tenancy.scope(municipality_id):
                page = list(due(timezone.now()).values_list("pk", flat=True)[:PAGE])
            if not page:
                return Turn(sent, is_more=False)
            for delivery_id in page:
                if time.monotonic() >= ends:
                    return Turn(sent, is_more=True)
                sent += _send(municipality_id, delivery_id, server) == Outcome.SENT
                if server.is_away:
                    break
    return Turn(sent, is_more=False)


def _send_outside(municipality_id: int, server: "_MailServer", ends: float) -> int:
    """Send what is due to people without a login, as long as there is time."""
    sent = 0
    while not server.is_away and time.monotonic() < ends:
        with tenancy.scope(municipality_id):
            first = outside_due(timezone.now()).first()
            mail = actions.claim_outside(mail_id=first.pk, at=timezone.now()) if first else None
        if mail is None:
            break
        outcome, error = server.send(neutral_mail(mail.link), mail.address)
        with tenancy.scope(municipality_id):
            ended = actions.end_outside(mail=mail, outcome=outcome, error=error, at=timezone.now())
        sent += ended == Outcome.SENT
    return sent


def _send(municipality_id: int, delivery_id: int, server: "_MailServer") -> Outcome | None:
    with tenancy.scope(municipality_id):
        delivery = actions.claim(delivery_id=delivery_id, at=timezone.now())
        if delivery is None:
            return None
        outcome, error, letter = _prepared(delivery)
    if letter is not None:
        outcome, error = server.send(letter, delivery.recipient.email)
    with tenancy.scope(municipality_id):
        return actions.note_outcome(delivery=delivery, outcome=outcome, error=error, at=timezone.now())


def _prepared(delivery: Delivery) -> tuple[Outcome, str, Letter | None]:
    """Return the letter; none where its reader has seen the message already, or nothing is left to say."""
    is_seen = delivery.message is not None and delivery.message.read_at is not None
    if is_seen or not delivery.recipient.is_active:
        return Outcome.CALLED_OFF, "", None
    try:
        return Outcome.CALLED_OFF, "", letter_of(delivery)
    except Exception as error:
        # One letter that cannot be written must not hold up all the others.
        _logger.exception("the letter of delivery %s could not be written", delivery.pk)
        return Outcome.GIVEN_UP, type(error).__name__, None


class _MailServer:
    """The connection to the relay: opened when it is needed, and anew after a fault."""

    is_away = False
    """The relay cannot be used: the turn ends, so that not every e-mail that waits uses up an attempt."""

    def __enter__(self) -> Self:
        self._connection = get_connection()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, letter: Letter, address: str) -> tuple[Outcome, str]:
        """Hand over one e-mail; return how it went, and the class of the fault with its code."""
        subject, body = letter
        mail = EmailMessage(subject, body, to=[address], headers=HEADERS, connection=self._connection)
        try:
            self._connection.open()
            mail.send()
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
            self._close()
            return (Outcome.REFUSED if _is_permanent(error) else Outcome.POSTPONED), _name(error)
        except OSError as error:
            # No answer, a connection that was dropped, a log-in or a sender that was refused: not this reader's fault.
            self._close()
            self.is_away = True
            return Outcome.POSTPONED, _name(error)
        except ValueError as error:
            # An address that cannot be written on an envelope.
            return Outcome.REFUSED, _name(error)
        return Outcome.SENT, ""

    def _close(self) -> None:
        try:
            self._connection.close()
        except OSError:
            # It was dropped already; what was sent has been taken.
            self._connection = get_connection()


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _said in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def _is_permanent(error: Exception) -> bool:
    """Say whether the server refused this e-mail for good, instead of asking to come again."""
    return any(code >= PERMANENT for code in _codes(error))


def _name(error: Exception) -> str:
    """Return the class and the code: what the server said can hold an address."""
    return " ".join([type(error).__name__, *(str(code) for code in _codes(error))])
