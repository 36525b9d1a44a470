"""Proofs of erasure; telephone numbers and e-mail addresses of tenants encrypted."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import voordeur.store.encrypted
from voordeur.store.encrypt_column import open_column, seal_column

COLUMNS = ("phone", "email")


def seal(apps, schema_editor):
    for name in COLUMNS:
        seal_column(schema_editor.connection, "store_tenant", name, f"store.tenant.{name}")


def open_again(apps, schema_editor):
    for name in COLUMNS:
        open_column(schema_editor.connection, "store_tenant", name, f"store.tenant.{name}")
    if schema_editor.connection.vendor == "postgresql":  # else the table cannot be changed in this transaction
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ("store", "0009_scheme_checks"),
    ]

    operations = [
        migrations.CreateModel(
            name="RetentionRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=40)),
                ("fate", models.CharField(max_length=12)),
                ("months", models.PositiveIntegerField()),
                ("days", models.PositiveIntegerField()),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                ("count", models.PositiveIntegerField()),
                ("counts", models.JSONField(default=dict)),
                ("held", models.JSONField(default=dict)),
                ("oldest", models.DateField(null=True)),
                ("digest", models.CharField(max_length=64)),
                ("wiped", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["-at"], name="store_reten_at_1bf34c_idx")]},
        ),
        migrations.AlterField(
            model_name="tenant",
            name="phone",
            field=voordeur.store.encrypted.EncryptedText(blank=True, context="store.tenant.phone"),
        ),
        migrations.AlterField(
            model_name="tenant",
            name="email",
            field=voordeur.store.encrypted.EncryptedText(blank=True, context="store.tenant.email"),
        ),
        migrations.RunPython(seal, open_again),
    ]
