# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel
from samspil.notifications.kinds import ALWAYS_MAILED, How, Kind


class Message(MunicipalityModel):
    """A line on somebody's home page, and an e-mail that carries only a link.

    ``key`` says what it is about, so that nobody is told the same thing twice. ``how`` is what its reader had
    chosen when it was told; ``letter`` names an e-mail of its own, with a one-time link (``settings.LETTERS``).
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    how = models.CharField(max_length=10, choices=How.choices)
    letter = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    link = models.CharField(max_length=300)
    told_at = models.DateTimeField()
    emailed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    objects = MunicipalityManager["Message"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("-told_at",)
        constraints = (models.UniqueConstraint(fields=("recipient", "key"), name="told_once"),)
        indexes = (
            models.Index(fields=("recipient", "read_at"), name="unread_by_recipient"),
            models.Index(
                fields=("municipality", "recipient"),
                condition=models.Q(how=How.WEEKLY, emailed_at=None, read_at=None),
                name="waits_for_monday",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Preference(MunicipalityModel):
    """How somebody wants to hear of one kind of message by e-mail here; without a row: at once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    how = models.CharField(max_length=10, choices=How.choices)

    objects = MunicipalityManager["Preference"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=("municipality", "user", "kind"), name="one_preference_for_each_kind"),
            models.CheckConstraint(
                condition=~models.Q(kind__in=[str(kind) for kind in ALWAYS_MAILED]),
                name="what_one_must_act_on_is_no_choice",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.how}"


class MailSwitch(MunicipalityModel):
    """Since when the municipality sends e-mail about messages; None: it does not. Without a row: it always has."""

    on_since = models.DateTimeField(null=True)

    objects = MunicipalityManager["MailSwitch"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=("municipality",), name="one_mail_switch_per_municipality"),)

    def __str__(self) -> str:
        return f"{self.on_since}"


class Delivery(MunicipalityModel):
    """One attempt at one e-mail: first what waits to be sent, then the log of how it went.

    It is about a message, or about somebody's week. A row is planned, claimed, ended; trying again is a new row.
    The address and the words of the mail server never stand here: ``error`` is the class and the code.
    """

    class Outcome(models.TextChoices):
        """How it ended; nothing while it waits."""

        SENT = "sent", _("sent")
        POSTPONED = "postponed", _("not sent yet, tried again later")
        LOST = "lost", _("interrupted, tried again")
        CALLED_OFF = "called_off", _("no longer needed")
        REFUSED = "refused", _("refused by the receiver’s mail server")
        GIVEN_UP = "given_up", _("given up after several attempts")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="+")
    week = models.DateField(null=True)
    attempt = models.PositiveSmallIntegerField(default=1)
    is_urgent = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    error = models.CharField(max_length=60, blank=True)

    objects = MunicipalityManager["Delivery"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(message=None, week__isnull=False) | models.Q(message__isnull=False, week=None),
                name="an_email_is_about_a_message_or_a_week",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", ended_at=None)
                | (~models.Q(outcome="") & models.Q(ended_at__isnull=False)),
                name="an_attempt_that_ended_says_how",
            ),
            models.UniqueConstraint(fields=("message", "attempt"), name="each_attempt_at_a_message_once"),
            models.UniqueConstraint(
                fields=("municipality", "recipient", "week", "attempt"), name="each_attempt_at_a_week_once"
            ),
            models.UniqueConstraint(
                fields=("message",), condition=models.Q(outcome=""), name="one_email_waits_for_each_message"
            ),
            models.UniqueConstraint(
                fields=("municipality", "recipient", "week"),
                condition=models.Q(outcome=""),
                name="one_email_waits_for_each_week",
            ),
        )
        indexes = (
            models.Index(
                fields=("municipality", "-is_urgent", "due_at"), condition=models.Q(outcome=""), name="email_that_waits"
            ),
            models.Index(fields=("municipality", "outcome", "ended_at"), name="email_by_outcome"),
        )

    def __str__(self) -> str:
        return self.outcome


class OutsideMail(MunicipalityModel):
    """An e-mail to somebody without a login: neutral words and a link, planned, sent, and then only the outcome is kept.

    ``about`` says what it belongs to, once for each; ``address`` is emptied when it has ended.
    """

    about = models.CharField(max_length=120)
    address = models.CharField(max_length=254, blank=True)
    link = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Delivery.Outcome.choices, blank=True)
    error = models.CharField(max_length=60, blank=True)

    objects = MunicipalityManager["OutsideMail"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=("municipality", "about"), name="one_outside_mail_about_each"),
            models.CheckConstraint(
                condition=models.Q(outcome="", ended_at=None)
                | (~models.Q(outcome="") & models.Q(ended_at__isnull=False, address="", link="")),
                name="an_outside_mail_that_ended_keeps_no_address",
            ),
        )
        indexes = (
            models.Index(
                fields=("municipality", "due_at"), condition=models.Q(outcome=""), name="outside_mail_that_waits"
            ),
        )

    def __str__(self) -> str:
        return self.about


FAILED = (Delivery.Outcome.REFUSED, Delivery.Outcome.GIVEN_UP)
