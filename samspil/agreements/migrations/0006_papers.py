# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import django.db.models.deletion
import samspil.foundation.tenancy
from django.conf import settings
from django.db import migrations, models

from samspil.foundation.row_security import EnableRowSecurity


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0005_comments'),
        ('municipalities', '0005_withheld'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Filing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case_number', models.CharField(blank=True, max_length=60)),
                ('filed_on', models.DateField(blank=True, null=True)),
                ('noted_at', models.DateTimeField()),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='filing', to='agreements.agreementversion')),
            ],
            options={
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='AttachedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('content', models.BinaryField()),
                ('attached_at', models.DateTimeField()),
                ('attached_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attached_files', to='agreements.agreementversion')),
            ],
            options={
                'ordering': ('id',),
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('version', 'name'), name='one_attached_file_per_name')],
            },
        ),
        EnableRowSecurity("agreements_filing"),
        EnableRowSecurity("agreements_attachedfile"),
    ]
