"""Texts of guides and rules become publications; then the public log gets its first entries."""

from django.db import migrations

from disclosure.migrations import _guides_and_rules, _log_backfill


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0005_what_is_public_was_signed_off")]

    operations = [
        migrations.RunPython(_guides_and_rules.forwards, _guides_and_rules.backwards),
        migrations.RunPython(_log_backfill.backfill, migrations.RunPython.noop),
    ]
