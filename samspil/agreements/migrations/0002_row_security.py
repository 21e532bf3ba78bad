# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.db import migrations

from samspil.foundation.row_security import EnableRowSecurity


class Migration(migrations.Migration):
    """The second wall: the database itself shows each municipality only its own rows."""

    dependencies = (("agreements", "0001_initial"),)

    operations = (
        EnableRowSecurity("agreements_agreement"),
        EnableRowSecurity("agreements_agreementperson"),
        EnableRowSecurity("agreements_agreementversion"),
        EnableRowSecurity("agreements_section"),
        EnableRowSecurity("agreements_localprinciple"),
        EnableRowSecurity("agreements_task"),
        EnableRowSecurity("agreements_boundarydecision"),
        EnableRowSecurity("agreements_inforce"),
    )
