# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import django.db.models.deletion
from typing import Any

from django.conf import settings
from django.db import migrations, models

import samspil.foundation.tenancy
from samspil.foundation.row_security import EnableRowSecurity


def _municipality() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        default=samspil.foundation.tenancy.current_municipality_id,
        editable=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="municipalities.municipality",
    )


def _person() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
    )


def _key() -> "models.BigAutoField[Any, Any]":
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0003_no_volunteers"),
        ("frameworks", "0002_row_security"),
        ("med", "0002_row_security"),
        ("municipalities", "0004_more_sectors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="agreementversion",
            name="origin",
            field=models.CharField(
                choices=[("written", "written here"), ("existing", "from before the common framework")],
                default="written",
                max_length=8,
            ),
        ),
        migrations.RemoveConstraint(model_name="agreementversion", name="adopted_rests_on_a_dialogue"),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("adopted", "in_force", "superseded")), _negated=True),
                    models.Q(
                        models.Q(("dialogue__isnull", False), ("origin", "existing"), _connector="OR"),
                        ("in_force_from__isnull", False),
                        models.Q(("content_sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="adopted_rests_on_a_dialogue",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "existing"), _negated=True),
                    models.Q(("state__in", ("in_force", "superseded")), ("dialogue__isnull", True)),
                    _connector="OR",
                ),
                name="an_existing_agreement_is_entered_whole",
            ),
        ),
        migrations.CreateModel(
            name="ExistingAgreement",
            fields=[
                ("id", _key()),
                ("discussed_on", models.DateField()),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("meeting", "Meeting"),
                            ("extraordinary", "Extraordinary meeting"),
                            ("staff_meeting", "Staff meeting"),
                            ("trio", "TRIO"),
                            ("written", "In writing"),
                        ],
                        max_length=16,
                    ),
                ),
                ("minutes_reference", models.CharField(max_length=300)),
                ("review_on", models.DateField()),
                ("entered_on", models.DateField()),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("file_type", models.CharField(blank=True, max_length=100)),
                ("file_sha256", models.CharField(blank=True, max_length=64)),
                ("file", models.BinaryField(default=bytes)),
                ("entered_by", _person()),
                ("municipality", _municipality()),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="existing",
                        to="agreements.agreementversion",
                    ),
                ),
            ],
            options={"base_manager_name": "objects"},
        ),
        migrations.CreateModel(
            name="ExistingAgreementsWindow",
            fields=[
                ("id", _key()),
                ("opens", models.DateField()),
                ("closes", models.DateField()),
                ("set_at", models.DateTimeField()),
                ("municipality", _municipality()),
                ("set_by", _person()),
            ],
            options={
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes__gte", models.F("opens"))), name="a_window_closes_after_it_opens"
                    )
                ],
            },
        ),
        EnableRowSecurity("agreements_existingagreement"),
        EnableRowSecurity("agreements_existingagreementswindow"),
    ]
