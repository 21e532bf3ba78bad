# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("med", "0002_row_security")]

    operations = [
        migrations.AddField(
            model_name="dialogue",
            name="reopened_reason",
            field=models.TextField(blank=True),
        ),
    ]
