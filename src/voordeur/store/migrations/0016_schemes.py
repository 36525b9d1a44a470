"""Checks on schemes that a household let us keep, and what is followed up of them."""

import django.db.models.deletion
import uuid
import voordeur.store.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0015_field'),
    ]

    operations = [
        migrations.CreateModel(
            name='SchemeCheck',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('consent_on', models.DateField()),
                ('language', models.CharField(default='nl', max_length=8)),
                ('known', models.JSONField(default=dict)),
                ('answers', voordeur.store.encrypted.EncryptedText(blank=True, context='store.scheme_check.answers')),
                ('low', models.BigIntegerField(default=0)),
                ('high', models.BigIntegerField(default=0)),
                ('until', models.DateField()),
                ('recorded', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scheme_checks', to='store.tenancy')),
            ],
        ),
        migrations.CreateModel(
            name='SchemeTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(choices=[('huurtoeslag', 'huurtoeslag'), ('zorgtoeslag', 'zorgtoeslag'), ('kindgebonden_budget', 'kindgebonden_budget'), ('kinderopvangtoeslag', 'kinderopvangtoeslag'), ('bijstand', 'bijstand'), ('aio', 'aio'), ('individuele_inkomenstoeslag', 'individuele_inkomenstoeslag'), ('bijzondere_bijstand', 'bijzondere_bijstand'), ('kwijtschelding', 'kwijtschelding'), ('studietoeslag', 'studietoeslag'), ('energiefonds', 'energiefonds'), ('beslagvrije_voet', 'beslagvrije_voet')], max_length=32)),
                ('state', models.CharField(default='advised', max_length=12)),
                ('state_on', models.DateField()),
                ('low', models.BigIntegerField(default=0)),
                ('high', models.BigIntegerField(default=0)),
                ('apply_by', models.DateField(null=True)),
                ('granted', models.BigIntegerField(null=True)),
                ('since', models.DateField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('check_of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='store.schemecheck')),
                ('tenancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scheme_tasks', to='store.tenancy')),
            ],
        ),
        migrations.AddIndex(
            model_name='schemecheck',
            index=models.Index(fields=['tenancy', 'day'], name='store_schem_tenancy_c35c8b_idx'),
        ),
        migrations.AddIndex(
            model_name='schemetask',
            index=models.Index(fields=['state', 'state_on'], name='store_schem_state_47a750_idx'),
        ),
        migrations.AddConstraint(
            model_name='schemetask',
            constraint=models.UniqueConstraint(fields=('check_of', 'scheme'), name='scheme_once_per_check'),
        ),
    ]
