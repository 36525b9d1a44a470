"""Files opened in an emergency."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import voordeur.store.encrypted


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0007_rights"),
    ]

    operations = [
        migrations.CreateModel(
            name="EmergencyAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", voordeur.store.encrypted.EncryptedText(context="store.emergencyaccess.reason")),
                ("opened", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("looks", models.PositiveIntegerField(default=0)),
                (
                    "judgement",
                    models.CharField(
                        blank=True,
                        choices=[("justified", "justified"), ("not_justified", "not_justified")],
                        max_length=16,
                    ),
                ),
                ("judged", models.DateTimeField(null=True)),
                (
                    "remark",
                    voordeur.store.encrypted.EncryptedText(
                        blank=True, context="store.emergencyaccess.remark"
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tenancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emergencies",
                        to="store.tenancy",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emergencies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["judgement", "-opened"], name="store_emerg_judgeme_14fd9d_idx"),
                    models.Index(fields=["user", "-until"], name="store_emerg_user_id_e274f1_idx"),
                ],
            },
        ),
    ]
