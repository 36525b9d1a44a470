"""Files opened in an emergency."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("store", "0007_rights"),
    ]

    operations = []
