# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.db import migrations

from samspil.foundation.row_security import EnableRowSecurity


class Migration(migrations.Migration):
    """The second wall: the database itself shows each municipality only its own rows."""

    dependencies = (("people", "0001_initial"),)

    operations = (
        EnableRowSecurity("people_roleassignment", own_rows_of="user_id"),
    )
