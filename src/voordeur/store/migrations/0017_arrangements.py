"""Payment arrangements with their events, instalments, budget and proof; mandates and direct debit files."""

import django.db.models.deletion
import uuid
import voordeur.store.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0016_schemes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Arrangement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('made_on', models.DateField()),
                ('origin', models.CharField(max_length=8)),
                ('agreed_on', models.DateField(null=True)),
                ('terms', models.JSONField(default=dict)),
                ('debts', models.JSONField(default=dict)),
                ('reference', models.CharField(max_length=16, unique=True)),
                ('costs_waived', models.BooleanField(default=True)),
                ('interest_waived', models.BooleanField(default=True)),
                ('language', models.CharField(default='nl', max_length=8)),
                ('state', models.CharField(max_length=12)),
                ('since', models.DateField()),
                ('why_nl', models.CharField(blank=True, max_length=240)),
                ('why_en', models.CharField(blank=True, max_length=240)),
                ('total', models.BigIntegerField()),
                ('received', models.BigIntegerField(default=0)),
                ('behind', models.BigIntegerField(default=0)),
                ('next_due', models.DateField(null=True)),
                ('next_amount', models.BigIntegerField(default=0)),
                ('last_due', models.DateField(null=True)),
                ('contact_first', models.BooleanField(default=False)),
                ('contacted', models.BooleanField(default=False)),
                ('watched_on', models.DateField(null=True)),
                ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='arrangements', to='store.tenancy')),
            ],
        ),
        migrations.CreateModel(
            name='ArrangementAgreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('signature', 'Signature'), ('link', 'Link'), ('spoken', 'Spoken')], max_length=12)),
                ('day', models.DateField()),
                ('signature', voordeur.store.encrypted.EncryptedText(blank=True, context='store.arrangementagreement.signature')),
                ('name', voordeur.store.encrypted.EncryptedText(blank=True, context='store.arrangementagreement.name')),
                ('language', models.CharField(default='nl', max_length=8)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('pdf', voordeur.store.encrypted.EncryptedText(blank=True, context='store.arrangementagreement.pdf')),
                ('recorded', models.DateTimeField()),
                ('arrangement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='agreement', to='store.arrangement')),
                ('witness', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ArrangementEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sequence', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=16)),
                ('day', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=16)),
                ('instalments', models.JSONField(default=list)),
                ('recorded', models.DateTimeField()),
                ('arrangement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='store.arrangement')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ArrangementPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.BigIntegerField()),
                ('purpose', models.CharField(max_length=12)),
                ('derived', models.BooleanField(default=False)),
                ('arrangement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='store.arrangement')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='arrangement_parts', to='store.entry')),
            ],
        ),
        migrations.CreateModel(
            name='Budget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('content', voordeur.store.encrypted.EncryptedText(context='store.budget.content')),
                ('arrangement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='budget', to='store.arrangement')),
            ],
        ),
        migrations.CreateModel(
            name='CollectionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.CharField(max_length=35, unique=True)),
                ('collect_on', models.DateField()),
                ('made_on', models.DateField()),
                ('count', models.PositiveIntegerField()),
                ('total', models.BigIntegerField()),
                ('content', voordeur.store.encrypted.EncryptedText(context='store.collectionrun.content')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Instalment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('due', models.DateField()),
                ('amount', models.BigIntegerField()),
                ('paid', models.BigIntegerField(default=0)),
                ('paid_on', models.DateField(null=True)),
                ('state', models.CharField(max_length=8)),
                ('arrangement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='instalments', to='store.arrangement')),
            ],
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=35, unique=True)),
                ('iban', voordeur.store.encrypted.EncryptedText(context='store.mandate.iban')),
                ('holder', voordeur.store.encrypted.EncryptedText(context='store.mandate.holder')),
                ('signed_on', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('arrangement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='store.arrangement')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Collection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('amount', models.BigIntegerField()),
                ('end_to_end', models.CharField(max_length=35, unique=True)),
                ('state', models.CharField(choices=[('sent', 'Sent'), ('received', 'Received'), ('returned', 'Returned')], default='sent', max_length=8)),
                ('reason', models.CharField(blank=True, max_length=4)),
                ('settled_on', models.DateField(null=True)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='store.collectionrun')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collections', to='store.mandate')),
            ],
        ),
        migrations.AddIndex(
            model_name='arrangement',
            index=models.Index(fields=['state', 'next_due'], name='store_arran_state_63c586_idx'),
        ),
        migrations.AddConstraint(
            model_name='arrangement',
            constraint=models.UniqueConstraint(condition=models.Q(('agreed_on__isnull', False), models.Q(('state__in', ('completed', 'ended')), _negated=True)), fields=('tenancy',), name='one_running_arrangement'),
        ),
        migrations.AddConstraint(
            model_name='arrangementevent',
            constraint=models.UniqueConstraint(fields=('arrangement', 'sequence'), name='one_arrangement_event_per_place'),
        ),
        migrations.AddIndex(
            model_name='instalment',
            index=models.Index(fields=['due'], name='store_insta_due_a356bd_idx'),
        ),
        migrations.AddConstraint(
            model_name='instalment',
            constraint=models.UniqueConstraint(fields=('arrangement', 'number'), name='instalment_once'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('arrangement',), name='one_mandate_at_a_time'),
        ),
    ]
