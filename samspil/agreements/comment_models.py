# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Comments of colleagues to a draft: outside its text and its control code, and forgotten after a time (R55)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel


class CommentRound(MunicipalityModel):
    """The days in which colleagues can comment on a draft; it ends by itself. Prolonging moves the last day."""

    version = models.OneToOneField("agreements.AgreementVersion", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    last_day = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = MunicipalityManager["CommentRound"]()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.version_id} {self.last_day}"


class Comment(MunicipalityModel):
    """What a colleague says about one clause, or about the whole.

    ``clause`` is empty for the whole, else ``section:KIND``, ``task:LINEAGE`` or ``principle:LINEAGE``;
    ``clause_title`` says what it was called, because the clause may be taken out. ``outcome`` is the leader's.
    """

    class Outcome(models.TextChoices):
        """What the leader did with it."""

        NOT_YET = "not_yet", _("not looked at yet")
        TAKEN_IN = "taken_in", _("taken in")
        ANSWERED = "answered", _("answered")

    round = models.ForeignKey(CommentRound, on_delete=models.PROTECT, related_name="comments")
    clause = models.CharField(max_length=60, blank=True)
    clause_title = models.CharField(max_length=160, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    written_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.NOT_YET)
    answer = models.CharField(max_length=300, blank=True)

    objects = MunicipalityManager["Comment"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("written_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(outcome="answered") | ~Q(answer=""), name="an_answered_comment_has_an_answer"
            ),
        )

    def __str__(self) -> str:
        return f"{self.clause} {self.outcome}"
