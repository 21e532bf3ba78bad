# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import django.db.models.deletion
import samspil.foundation.tenancy
import uuid
from django.conf import settings
from django.db import migrations, models

from samspil.foundation.row_security import EnableRowSecurity


class Migration(migrations.Migration):

    dependencies = [
        ('med', '0004_guidelines_discussed'),
        ('municipalities', '0008_closing_and_self_owning'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CommitteeRhythm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meetings_a_year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('paper_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('evaluation_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('review_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('committee', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rhythm', to='med.committee')),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
            options={
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='ConsentUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.unit')),
            ],
            options={
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='StandingConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wording', models.TextField()),
                ('task_types', models.JSONField()),
                ('until', models.DateField(blank=True, null=True)),
                ('sha256', models.CharField(max_length=64)),
                ('withdrawn_from', models.DateField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=300)),
                ('arises_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents_begun', to='med.dialogue')),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='med.committee')),
                ('dialogue', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='consent', to='med.dialogue')),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('units', models.ManyToManyField(related_name='+', through='med.ConsentUnit', to='municipalities.unit')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-id',),
                'base_manager_name': 'objects',
            },
        ),
        migrations.AddField(
            model_name='consentunit',
            name='consent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chosen', to='med.standingconsent'),
        ),
        migrations.CreateModel(
            name='WheelEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('meeting', 'MED meeting'), ('evaluation', 'Evaluation of the interplay'), ('yearly_discussion', 'Yearly discussion'), ('framework_review', 'Review of the framework'), ('other', 'Something else')], max_length=20)),
                ('on', models.DateField()),
                ('due_on', models.DateField()),
                ('time', models.TimeField(blank=True, null=True)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('planned_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wheel', to='med.committee')),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
            options={
                'ordering': ('on', 'time', 'id'),
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_sha256', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('committee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='med.committee')),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(condition=models.Q(('committee__isnull', False)), fields=('user', 'committee'), name='one_feed_a_body'), models.UniqueConstraint(condition=models.Q(('committee', None)), fields=('municipality', 'user'), name='one_feed_of_all_bodies')],
            },
        ),
        migrations.CreateModel(
            name='FormRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('occasion', models.CharField(max_length=16)),
                ('forms', models.JSONField()),
                ('from_date', models.DateField()),
                ('set_at', models.DateTimeField()),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('from_date', 'id'),
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['occasion', 'from_date'], name='form_rule_by_day')],
            },
        ),
        migrations.CreateModel(
            name='MedSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('levels', models.JSONField(default=list)),
                ('meetings_a_year', models.PositiveSmallIntegerField(default=4)),
                ('paper_days', models.PositiveSmallIntegerField(default=7)),
                ('evaluation_months', models.PositiveSmallIntegerField(default=12)),
                ('review_months', models.PositiveSmallIntegerField(default=36)),
                ('changed_at', models.DateTimeField()),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
            options={
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('municipality',), name='one_row_of_med_settings')],
            },
        ),
        migrations.AddConstraint(
            model_name='standingconsent',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_from', None), models.Q(('withdrawn_because', ''), _negated=True), _connector='OR'), name='a_withdrawn_consent_says_why'),
        ),
        migrations.AddConstraint(
            model_name='consentunit',
            constraint=models.UniqueConstraint(fields=('consent', 'unit'), name='a_consent_names_a_unit_once'),
        ),
        migrations.AddIndex(
            model_name='wheelentry',
            index=models.Index(fields=['committee', 'on'], name='wheel_by_day'),
        ),
        migrations.AddConstraint(
            model_name='wheelentry',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_at', None), models.Q(('kind', 'other'), _negated=True)), fields=('committee', 'kind', 'on'), name='one_entry_of_a_kind_a_day'),
        ),
        migrations.AddConstraint(
            model_name='wheelentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'other'), _negated=True), models.Q(('title', ''), _negated=True), _connector='OR'), name='something_else_says_what_it_is'),
        ),
        EnableRowSecurity('med_medsettings'),
        EnableRowSecurity('med_committeerhythm'),
        EnableRowSecurity('med_formrule'),
        EnableRowSecurity('med_standingconsent'),
        EnableRowSecurity('med_consentunit'),
        EnableRowSecurity('med_wheelentry'),
        EnableRowSecurity('med_calendarfeed'),
    ]
