"""The rules over the rows that 0003 has filled."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0003_points_and_what_counts")]

    operations = [
        migrations.AddConstraint(
            model_name='disclosurerequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['submitted', 'registered', 'correction', 'payment', 'review', 'approval', 'approved', 'answered', 'closed'])), name='request_state_known'),
        ),
        migrations.AddConstraint(
            model_name='disclosurerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('state__in', ['approval', 'approved', 'correction', 'payment', 'registered', 'review', 'submitted'])), models.Q(models.Q(('outcome', ''), _negated=True), ('state__in', ['answered', 'closed'])), _connector='OR'), name='request_outcome_when_answered'),
        ),
        migrations.AddConstraint(
            model_name='disclosurerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('counted_on__isnull', True), ('counted_outcome', '')), models.Q(models.Q(('counted_outcome', ''), _negated=True), ('counted_on__isnull', False)), _connector='OR'), name='request_counted_with_its_day'),
        ),
        migrations.AddConstraint(
            model_name='disclosurerequest',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', ''), models.Q(('counted_outcome', ''), _negated=True), _connector='OR'), name='request_outcome_is_counted'),
        ),
        migrations.AddConstraint(
            model_name='disclosurerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approval', 'approved', 'correction', 'payment', 'registered', 'review']), _negated=True), ('answer_due__isnull', False), models.Q(('waiting_for', ''), _negated=True), _connector='OR'), name='request_due_or_waiting'),
        ),
    ]
