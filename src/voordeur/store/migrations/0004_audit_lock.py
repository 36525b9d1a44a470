"""Personal details of audit lines apart from the chain; the log refuses every change but a line at its end."""

import django.db.models.deletion
from django.db import migrations, models

import voordeur.store.encrypted
from voordeur.store.append_only import lock, unlock


def put_lock_on(apps, schema_editor):
    lock(schema_editor.connection)


def take_lock_off(apps, schema_editor):
    unlock(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ("store", "0003_cases"),
    ]

    operations = [
        migrations.AddField(
            model_name="auditline",
            name="payload_hash",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="AuditPayload",
            fields=[
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="payload",
                        serialize=False,
                        to="store.auditline",
                    ),
                ),
                ("salt", models.CharField(max_length=64)),
                ("content", voordeur.store.encrypted.EncryptedText(context="audit_payload.content")),
            ],
        ),
        migrations.RunPython(put_lock_on, take_lock_off),
    ]
