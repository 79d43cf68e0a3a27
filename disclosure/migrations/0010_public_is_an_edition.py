"""What is public of an annual report is an edition: holds once 0009 has made them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0009_editions_of_reports")]

    operations = [
        migrations.AddConstraint(
            model_name='annualreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('edition__isnull', True), ('published_at__isnull', True)), models.Q(('edition__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='annualreport_public_has_moment', violation_error_message='A published report needs its moment of publication.'),
        ),
        migrations.AddConstraint(
            model_name='annualreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('edition__isnull', False), _connector='OR'), name='annualreport_published_has_edition', violation_error_message='What is published is an edition.'),
        ),
        migrations.AddConstraint(
            model_name='annualreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content_hash', ''), ('state__in', ['draft', 'published'])), models.Q(('state__in', ['checked', 'approved', 'submitted']), models.Q(('content_hash', ''), _negated=True)), _connector='OR'), name='annualreport_checked_is_of_a_content', violation_error_message='What is checked is a certain content.'),
        ),
    ]
