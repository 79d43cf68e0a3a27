"""What is public is dated and signed off: holds once 0004 has filled in what was there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0004_taken_over")]

    operations = [
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('disclosure__in', ['proactive', 'on_request']), ('published_at__isnull', False), ('revises__isnull', True), ('version_at__isnull', False)), _connector='OR'), name='publication_public_is_dated_and_disclosable', violation_error_message='What is published has a date and is disclosed proactively or on request.'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sign_off__isnull', False), ('state__in', ['published', 'signed_off', 'superseded', 'withdrawn'])), models.Q(models.Q(('state__in', ['published', 'signed_off', 'superseded', 'withdrawn']), _negated=True), ('sign_off__isnull', True)), _connector='OR'), name='publication_sealed_has_sign_off', violation_error_message='What is out was signed off, a draft is not.'),
        ),
    ]
