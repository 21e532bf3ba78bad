# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.db import migrations

from samspil.foundation.row_security import EnableRowSecurity


class Migration(migrations.Migration):
    """The second wall: the database itself shows each municipality only its own rows."""

    dependencies = (("municipalities", "0001_initial"),)

    operations = (
        EnableRowSecurity("municipalities_unit"),
        EnableRowSecurity("municipalities_closedday"),
    )
