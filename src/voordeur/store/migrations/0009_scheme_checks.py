"""Results of the regelingen-check that a household let us keep."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("store", "0008_emergency_access"),
    ]

    operations = []
