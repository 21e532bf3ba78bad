# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import django.db.models.deletion
import samspil.foundation.tenancy
from django.conf import settings
from django.db import migrations, models

from samspil.foundation.row_security import EnableRowSecurity


class Migration(migrations.Migration):

    dependencies = [
        ('med', '0006_dialogue_life'),
        ('municipalities', '0008_closing_and_self_owning'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='committee',
            name='keeps_minutes_here',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='silence_told_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='dialogue',
            name='workplace',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.unit'),
        ),
        migrations.AddField(
            model_name='wheelentry',
            name='held_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='confirmation',
            name='how',
            field=models.CharField(choices=[('login', 'logged in'), ('link', 'by one-time link'), ('minutes', 'approved minutes')], max_length=8),
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(choices=[('meeting', 'Meeting'), ('extraordinary', 'Extraordinary meeting'), ('staff_meeting', 'Staff meeting'), ('trio', 'TRIO'), ('written', 'In writing')], max_length=16)),
                ('on', models.DateField()),
                ('time', models.TimeField(blank=True, null=True)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('created_at', models.DateTimeField()),
                ('called_off_at', models.DateTimeField(blank=True, null=True)),
                ('agenda_sent_at', models.DateTimeField(blank=True, null=True)),
                ('management_count', models.PositiveIntegerField(blank=True, null=True)),
                ('employee_count', models.PositiveIntegerField(blank=True, null=True)),
                ('guests', models.CharField(blank=True, max_length=300)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='med.committee')),
                ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meeting', to='med.wheelentry')),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
            options={
                'ordering': ('-on', '-id'),
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('function', models.CharField(blank=True, max_length=120)),
                ('side', models.CharField(choices=[('management', 'management side'), ('employees', 'employee side')], max_length=12)),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='med.meeting')),
            ],
            options={
                'ordering': ('-side', 'id'),
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('title', models.CharField(blank=True, max_length=200)),
                ('text', models.TextField(blank=True)),
                ('conclusion', models.TextField(blank=True)),
                ('as_minuted', models.JSONField(default=dict)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dialogue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='med.dialogue')),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='med.meeting')),
            ],
            options={
                'ordering': ('position', 'id'),
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='MinutesApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('management', 'management side'), ('employees', 'employee side')], max_length=12)),
                ('name', models.CharField(max_length=120)),
                ('sha256', models.CharField(max_length=64)),
                ('approved_at', models.DateTimeField()),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='med.meeting')),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('id',),
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='MinutesNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='what is to be put right')),
                ('written_at', models.DateTimeField()),
                ('name', models.CharField(max_length=120)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='med.meeting')),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('id',),
                'base_manager_name': 'objects',
            },
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(condition=models.Q(('called_off_at', None)), fields=('committee', 'on', 'form'), name='one_meeting_of_a_form_a_day'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('sha256', '')), models.Q(('closed_at__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='closed_minutes_have_a_control_code'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), ('called_off_at', None), _connector='OR'), name='no_minutes_of_a_meeting_called_off'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(condition=models.Q(('dialogue__isnull', False)), fields=('meeting', 'dialogue'), name='a_matter_stands_once_on_an_agenda'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('dialogue__isnull', True), ('title', ''), _connector='XOR'), name='a_point_is_a_matter_or_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('dialogue', None), ('conclusion', ''), _connector='OR'), name='a_matter_is_concluded_in_its_own_record'),
        ),
        migrations.AddConstraint(
            model_name='minutesapproval',
            constraint=models.UniqueConstraint(fields=('meeting', 'side'), name='a_side_approves_minutes_once'),
        ),
        migrations.AddConstraint(
            model_name='minutesnote',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_note_says_something'),
        ),
        EnableRowSecurity('med_meeting'),
        EnableRowSecurity('med_agendaitem'),
        EnableRowSecurity('med_attendance'),
        EnableRowSecurity('med_minutesapproval'),
        EnableRowSecurity('med_minutesnote'),
    ]
