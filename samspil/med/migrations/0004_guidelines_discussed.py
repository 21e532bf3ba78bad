# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('med', '0003_reopened_reason'),
    ]

    operations = [
        migrations.AddField(
            model_name='dialogue',
            name='guidelines_discussed',
            field=models.BooleanField(default=False),
        ),
    ]
