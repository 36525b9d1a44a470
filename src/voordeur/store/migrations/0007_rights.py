"""What people ask about what is kept of them, and what was corrected."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import voordeur.store.encrypted


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0006_privacy_officer"),
    ]

    operations = [
        migrations.CreateModel(
            name="RightsRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("access", "access"),
                            ("correction", "correction"),
                            ("erasure", "erasure"),
                            ("objection", "objection"),
                        ],
                        max_length=12,
                    ),
                ),
                ("way", models.CharField(max_length=8)),
                ("received", models.DateField()),
                ("person", voordeur.store.encrypted.EncryptedText(context="store.rightsrequest.person")),
                (
                    "said",
                    voordeur.store.encrypted.EncryptedText(blank=True, context="store.rightsrequest.said"),
                ),
                ("recorded", models.DateTimeField()),
                (
                    "identity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("known", "known"),
                            ("document", "document"),
                            ("rang_back", "rang_back"),
                            ("own_address", "own_address"),
                        ],
                        max_length=12,
                    ),
                ),
                ("identified_on", models.DateField(null=True)),
                ("extended_on", models.DateField(null=True)),
                (
                    "extension_reason",
                    voordeur.store.encrypted.EncryptedText(
                        blank=True, context="store.rightsrequest.extension_reason"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "running"), ("granted", "granted"), ("refused", "refused")],
                        default="running",
                        max_length=8,
                    ),
                ),
                ("closed_on", models.DateField(null=True)),
                (
                    "answer",
                    voordeur.store.encrypted.EncryptedText(blank=True, context="store.rightsrequest.answer"),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[("legal_claim", "legal_claim"), ("compelling", "compelling")],
                        max_length=12,
                    ),
                ),
                (
                    "ground_reason",
                    voordeur.store.encrypted.EncryptedText(
                        blank=True, context="store.rightsrequest.ground_reason"
                    ),
                ),
                ("ground_on", models.DateField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ground_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "identified_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
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
                        related_name="rights_requests",
                        to="store.tenancy",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TenantCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "datum",
                    models.CharField(
                        choices=[
                            ("name", "Name"),
                            ("phone", "Phone"),
                            ("email", "Email"),
                            ("language", "Language"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "before",
                    voordeur.store.encrypted.EncryptedText(
                        blank=True, context="store.tenantcorrection.before"
                    ),
                ),
                ("day", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="corrections",
                        to="store.rightsrequest",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="store.tenant",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="rightsrequest",
            index=models.Index(fields=["state", "received"], name="store_right_state_b3c8b5_idx"),
        ),
    ]
