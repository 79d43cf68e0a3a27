"""What was public before anybody signed off gets a blanket sign-off, its digest and its version."""

from django.db import migrations

from disclosure.migrations import _taken_over


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0003_publishing_complete")]

    operations = [migrations.RunPython(_taken_over.forwards, _taken_over.backwards)]
