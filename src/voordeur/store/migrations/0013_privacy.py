"""The log as it was found each night; when an account that never pays rent was last seen; which tenant asks."""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models


def count_from_now(apps, schema_editor):
    """Nobody knows since when these are kept: their term begins today."""
    apps.get_model("store", "KnownPayer").objects.filter(tenancy=None).update(seen_on=date.today())


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0010_retention"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True)),
                ("at", models.DateTimeField()),
                ("count", models.PositiveBigIntegerField()),
                ("head", models.CharField(max_length=64)),
                ("problems", models.PositiveIntegerField()),
                ("first_nl", models.TextField(blank=True)),
                ("first_en", models.TextField(blank=True)),
            ],
        ),
        migrations.AddField(
            model_name="knownpayer",
            name="seen_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="rightsrequest",
            name="asker",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="store.tenant"
            ),
        ),
        migrations.AddIndex(
            model_name="auditline",
            index=models.Index(fields=["at"], name="store_audit_at_0851fa_idx"),
        ),
        migrations.RunPython(count_from_now, migrations.RunPython.noop),
    ]
