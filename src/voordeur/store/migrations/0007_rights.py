"""What people ask about what is kept of them, and what was erased."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("store", "0006_privacy_officer"),
    ]

    operations = []
