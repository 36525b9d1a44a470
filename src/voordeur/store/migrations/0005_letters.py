
import django.db.models.deletion
import voordeur.store.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0004_audit_lock"),
    ]

    operations = [
        migrations.CreateModel(
            name="LetterHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("street", models.CharField(max_length=120)),
                ("town", models.CharField(max_length=120)),
                ("iban", models.CharField(max_length=42)),
                ("registration", models.CharField(blank=True, max_length=40)),
                ("phone", models.CharField(max_length=24)),
                ("hours_nl", models.CharField(max_length=160)),
                ("hours_en", models.CharField(max_length=160)),
                ("municipality", models.CharField(max_length=80)),
                ("help_desk", models.CharField(max_length=80)),
                ("help_phone", models.CharField(max_length=24)),
                ("object_at", models.CharField(max_length=120)),
                ("made", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TextVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                ("number", models.PositiveIntegerField()),
                ("nl", models.TextField()),
                ("en", models.TextField()),
                ("made", models.DateTimeField()),
                ("changed", models.DateTimeField()),
                ("live_from", models.DateField(null=True)),
                (
                    "live_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SentLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                ("language", models.CharField(max_length=8)),
                ("code", models.CharField(blank=True, max_length=8)),
                ("day", models.DateField()),
                ("total", models.BigIntegerField(default=0)),
                ("fee", models.BigIntegerField(default=0)),
                ("expected_on", models.DateField()),
                ("free_until", models.DateField(null=True)),
                ("pdf", voordeur.store.encrypted.EncryptedText(blank=True, context="store.sentletter.pdf")),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "Drafted"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("delivered", "Delivered"),
                            ("returned", "Returned"),
                        ],
                        default="drafted",
                        max_length=12,
                    ),
                ),
                ("made", models.DateTimeField()),
                ("sent_on", models.DateField(null=True)),
                (
                    "route",
                    models.CharField(
                        blank=True, choices=[("post", "Post"), ("print", "Print")], max_length=8
                    ),
                ),
                ("delivered_on", models.DateField(null=True)),
                (
                    "proof",
                    voordeur.store.encrypted.EncryptedText(blank=True, context="store.sentletter.proof"),
                ),
                ("failure", models.JSONField(default=list)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="store.case"
                    ),
                ),
                (
                    "contact",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter",
                        to="store.contact",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
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
                    "sent_by",
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
                        related_name="letters",
                        to="store.tenancy",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.textversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SentMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(unique=True)),
                ("kind", models.CharField(max_length=16)),
                ("route", models.CharField(max_length=8)),
                ("language", models.CharField(max_length=8)),
                ("to", voordeur.store.encrypted.EncryptedText(context="store.sentmessage.to")),
                ("said", voordeur.store.encrypted.EncryptedText(context="store.sentmessage.said")),
                ("sent", models.BooleanField(null=True)),
                ("reference", models.CharField(blank=True, max_length=100)),
                ("failure", models.CharField(blank=True, max_length=40)),
                ("made", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="store.case",
                    ),
                ),
                (
                    "tenancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="store.tenancy",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenancy", "made"], name="store_sentm_tenancy_efe5cf_idx")],
            },
        ),
        migrations.AddConstraint(
            model_name="textversion",
            constraint=models.UniqueConstraint(fields=("kind", "number"), name="text_version_once"),
        ),
        migrations.AddIndex(
            model_name="sentletter",
            index=models.Index(fields=["case", "made"], name="store_sentl_case_id_65339e_idx"),
        ),
        migrations.AddIndex(
            model_name="sentletter",
            index=models.Index(fields=["state", "day"], name="store_sentl_state_e73a9a_idx"),
        ),
    ]
