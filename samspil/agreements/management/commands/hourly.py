# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.module_loading import import_string

from samspil.agreements.actions import forget_comments, put_in_force
from samspil.agreements.comment_rounds import rounds_to_forget
from samspil.agreements.queries import adopted_and_due
from samspil.foundation import tenancy
from samspil.foundation.capacity import system_capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.health import HOURLY, beat
from samspil.foundation.importing.waiting import forget_old
from samspil.municipalities.models import Municipality
from samspil.notifications.actions import forget_old_deliveries, plan_weekly_mail


class Command(BaseCommand):
    """Do what the clock brings: agreements enter into force, Monday's mail is planned, what is old is forgotten."""

    help = "Let agreements whose day has come enter into force, plan Monday's e-mail; run it as often as you like"

    def handle(self, **_: Any) -> None:
        at, on = timezone.now(), timezone.localdate()
        for municipality in Municipality.objects.all():
            actor = system_capacity(municipality_id=municipality.pk, on=on, name="samspil hourly")
            with tenancy.scope(municipality.pk):
                forget_old(at=at)
                for found in rounds_to_forget(on):
                    forget_comments(found=found, actor=actor, on=on, at=at)
                forget_old_deliveries(at=at)
                plan_weekly_mail(at=at)
                for version in adopted_and_due(on):
                    try:
                        put_in_force(version=version, actor=actor, on=on, at=at)
                    except Refusal as refusal:
                        self.stderr.write(f"{municipality.slug}: {refusal}")
                for path in settings.HOURLY:
                    import_string(path)(actor=actor, on=on, at=at)
        beat(name=HOURLY, at=timezone.now())
