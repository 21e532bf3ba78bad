# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.db import migrations

from samspil.foundation.append_only import AppendOnly
from samspil.foundation.row_security import EnableRowSecurity


class Migration(migrations.Migration):
    """The second wall: the database itself shows each municipality only its own rows."""

    dependencies = (("audit", "0001_initial"),)

    operations = (
        EnableRowSecurity("audit_event"),
        EnableRowSecurity("audit_chainhead"),
        EnableRowSecurity("audit_pseudonym"),
        AppendOnly("audit_event"),
    )
