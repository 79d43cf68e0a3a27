"""Reminders of late reports, from the agency above."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0010_public_is_an_edition'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year reported on')),
                ('at', models.DateTimeField()),
                ('day', models.DateField()),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='report_reminders', to='disclosure.agency', verbose_name='agency')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'reminder of an annual report',
                'verbose_name_plural': 'reminders of annual reports',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['year', 'agency', '-at'], name='report_reminder_latest')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'day'), name='report_reminder_once_a_day'), models.CheckConstraint(condition=models.Q(('year__gte', 2008), ('year__lte', 2100)), name='report_reminder_year_lawful')],
            },
        ),
    ]
