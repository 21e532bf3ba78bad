# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import samspil.foundation.tenancy
from samspil.foundation.row_security import EnableRowSecurity


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0006_papers'),
        ('municipalities', '0005_withheld'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='agreementversion',
            name='begun_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreementversion'),
        ),
        migrations.AddField(
            model_name='agreementversion',
            name='hours_of_coordinator',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='agreementversion',
            name='hours_of_leader',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='agreementversion',
            name='staff_meets',
            field=models.CharField(blank=True, choices=[('monthly', 'every month'), ('quarterly', 'every three months'), ('half_yearly', 'twice a year')], max_length=12),
        ),
        migrations.CreateModel(
            name='Involvement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('heard_on', models.DateField()),
                ('words', models.CharField(max_length=200)),
                ('added_at', models.DateTimeField()),
                ('taken_out_at', models.DateTimeField(blank=True, null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='involvements', to='agreements.agreement')),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
            options={
                'ordering': ('heard_on', 'id'),
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(choices=[('workplace', 'at the workplace'), ('citizens_home', "in the citizen's home"), ('outdoors', 'outdoors'), ('event', 'at an event elsewhere')], max_length=16)),
                ('words', models.CharField(blank=True, max_length=200)),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='agreements.agreementversion')),
            ],
            options={
                'ordering': ('type',),
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('version', 'type'), name='one_place_per_type'), models.CheckConstraint(condition=models.Q(('type', 'workplace'), _negated=True), name='the_workplace_itself_is_no_added_place')],
            },
        ),
        EnableRowSecurity("agreements_involvement"),
        EnableRowSecurity("agreements_place"),
    ]
