"""Each public annual report gets the edition that it is read as."""

from django.db import migrations

from disclosure.migrations import _report_editions


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0008_reports_and_rest_of_publishing")]

    operations = [
        migrations.RunPython(_report_editions.forwards, _report_editions.backwards),
    ]
