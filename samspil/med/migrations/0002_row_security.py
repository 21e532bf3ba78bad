# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.db import migrations

from samspil.foundation.row_security import EnableRowSecurity


class Migration(migrations.Migration):
    """The second wall: the database itself shows each municipality only its own rows."""

    dependencies = (("med", "0001_initial"),)

    operations = (
        EnableRowSecurity("med_committee"),
        EnableRowSecurity("med_coveredbycommittee"),
        EnableRowSecurity("med_membership"),
        EnableRowSecurity("med_dialogue"),
        EnableRowSecurity("med_paper"),
        EnableRowSecurity("med_participant"),
        EnableRowSecurity("med_position"),
        EnableRowSecurity("med_standinganswer"),
        EnableRowSecurity("med_confirmation"),
        EnableRowSecurity("med_confirmationlink"),
    )
