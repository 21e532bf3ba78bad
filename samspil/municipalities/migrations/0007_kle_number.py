# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('municipalities', '0006_public_texts'),
    ]

    operations = [
        migrations.AddField(
            model_name='municipality',
            name='kle_number',
            field=models.CharField(default='81.50.05', max_length=12, verbose_name='KLE number of agreements'),
        ),
    ]
