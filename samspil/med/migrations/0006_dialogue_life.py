# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import django.db.models.deletion
import samspil.foundation.tenancy
from django.conf import settings
from django.db import migrations, models

from samspil.foundation.row_security import EnableRowSecurity


class Migration(migrations.Migration):

    dependencies = [
        ('frameworks', '0004_waves'),
        ('med', '0005_bodies'),
        ('municipalities', '0008_closing_and_self_owning'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GuidelineStance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lineage', models.UUIDField()),
                ('text_sha256', models.CharField(max_length=64)),
                ('stance', models.CharField(choices=[('as_it_is', 'as it is'), ('own_words', 'in our words'), ('not_relevant', 'not relevant here')], max_length=12)),
                ('words', models.TextField(blank=True)),
                ('taken_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stances', to='med.committee')),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('id',),
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='HeldFor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('committee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='med.committee')),
                ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held_for', to='med.dialogue')),
                ('municipality', models.ForeignKey(default=samspil.foundation.tenancy.current_municipality_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
            options={
                'ordering': ('id',),
                'base_manager_name': 'objects',
            },
        ),
        migrations.AddField(
            model_name='dialogue',
            name='deferred_reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='dialogue',
            name='deferred_until',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='dialogue',
            name='framework',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='frameworks.frameworkversion'),
        ),
        migrations.AddField(
            model_name='dialogue',
            name='origin',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continued', to='med.dialogue'),
        ),
        migrations.AddField(
            model_name='dialogue',
            name='sent_on_reason',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='dialogue',
            name='occasion',
            field=models.CharField(choices=[('new_agreement', 'a new agreement'), ('change', 'a change'), ('framework', 'the common framework')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='dialogue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'deferred'), _negated=True), models.Q(('deferred_reason', ''), _negated=True), _connector='OR'), name='a_deferred_dialogue_says_why'),
        ),
        migrations.AddConstraint(
            model_name='dialogue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent_on'), _negated=True), models.Q(('sent_on_reason', ''), _negated=True), _connector='OR'), name='a_dialogue_sent_on_says_why'),
        ),
        migrations.AddConstraint(
            model_name='dialogue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('framework__isnull', False), ('occasion', 'framework')), models.Q(models.Q(('occasion', 'framework'), _negated=True), ('framework__isnull', True)), _connector='OR'), name='a_framework_dialogue_points_to_its_edition'),
        ),
        migrations.AddConstraint(
            model_name='dialogue',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'sent_on'), _negated=True), fields=('origin',), name='a_matter_lies_before_one_body'),
        ),
        migrations.AddConstraint(
            model_name='dialogue',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('committee', 'framework'), name='one_dialogue_about_an_edition_per_body'),
        ),
        migrations.AddConstraint(
            model_name='guidelinestance',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('committee', 'lineage'), name='one_stance_per_guideline_and_body'),
        ),
        migrations.AddConstraint(
            model_name='guidelinestance',
            constraint=models.CheckConstraint(condition=models.Q(('stance', 'own_words'), ('words', ''), _connector='XOR'), name='words_of_ones_own_are_written'),
        ),
        migrations.AddConstraint(
            model_name='heldfor',
            constraint=models.UniqueConstraint(fields=('dialogue', 'committee'), name='a_body_meets_once_in_a_dialogue'),
        ),
        EnableRowSecurity('med_heldfor'),
        EnableRowSecurity('med_guidelinestance'),
    ]
