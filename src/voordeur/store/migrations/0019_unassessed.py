import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0018_tenant_link"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unassessed",
            fields=[
                (
                    "tenancy",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="unassessed",
                        serialize=False,
                        to="store.tenancy",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            "INSERT INTO store_unassessed (tenancy_id) SELECT tenancy_id FROM store_standing WHERE stale",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveIndex(
            model_name="standing",
            name="store_stand_paid_of_1deb59_idx",
        ),
        migrations.RemoveIndex(
            model_name="standing",
            name="store_stand_stale_7ff31a_idx",
        ),
        migrations.RemoveField(
            model_name="standing",
            name="stale",
        ),
        migrations.AlterField(
            model_name="bankline",
            name="statement",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="store.bankstatement",
            ),
        ),
        migrations.AlterField(
            model_name="standing",
            name="neighbourhood",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="store.neighbourhood",
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                condition=models.Q(("paid_off_on__isnull", False)),
                fields=["paid_off_on"],
                name="standing_paid_off",
            ),
        ),
    ]
