"""Editions and tables of annual reports; the rest of publishing: amended from a day on, imports
signed off by another person, an index over titles. What holds only once 0009 has made the editions
of the reports that are public is in 0010.
"""

import disclosure.core.dates
import django.core.serializers.json
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0007_texts_of_rules_elsewhere'),
    ]

    operations = [
        migrations.CreateModel(
            name='CellAdjustment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=20)),
                ('row', models.CharField(max_length=40)),
                ('column', models.CharField(max_length=20)),
                ('kind', models.CharField(choices=[('add', 'added to what is computed'), ('set', 'instead of what is computed'), ('blank', 'left blank'), ('na', 'not applicable')], max_length=5, verbose_name='kind')),
                ('amount', models.DecimalField(blank=True, decimal_places=6, max_digits=22, null=True)),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('at', models.DateTimeField(default=disclosure.core.dates.now)),
            ],
            options={
                'verbose_name': 'adjusted figure',
                'verbose_name_plural': 'adjusted figures',
                'ordering': ['table', 'row', 'column'],
            },
        ),
        migrations.CreateModel(
            name='EditionFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('docx', 'DOCX'), ('xlsx', 'XLSX'), ('pdf', 'PDF')], max_length=4)),
                ('file', models.FileField(max_length=200, upload_to='reports/%Y/')),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('made_at', models.DateTimeField(default=disclosure.core.dates.now)),
            ],
        ),
        migrations.CreateModel(
            name='HistoricalCellAdjustment',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('table', models.CharField(max_length=20)),
                ('row', models.CharField(max_length=40)),
                ('column', models.CharField(max_length=20)),
                ('kind', models.CharField(choices=[('add', 'added to what is computed'), ('set', 'instead of what is computed'), ('blank', 'left blank'), ('na', 'not applicable')], max_length=5, verbose_name='kind')),
                ('amount', models.DecimalField(blank=True, decimal_places=6, max_digits=22, null=True)),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('at', models.DateTimeField(default=disclosure.core.dates.now)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical adjusted figure',
                'verbose_name_plural': 'historical adjusted figures',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='RemarkNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200)),
                ('note', models.CharField(max_length=300, verbose_name='note')),
                ('at', models.DateTimeField(default=disclosure.core.dates.now)),
            ],
        ),
        migrations.CreateModel(
            name='ReportEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='edition')),
                ('form', models.CharField(max_length=8)),
                ('content', models.JSONField()),
                ('workings', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('published_at', models.DateTimeField(verbose_name='published at')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason for the correction')),
            ],
            options={
                'verbose_name': 'edition of an annual report',
                'verbose_name_plural': 'editions of annual reports',
                'ordering': ['report', 'number'],
            },
        ),
        migrations.CreateModel(
            name='ReportEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('content_hash', models.CharField(blank=True, max_length=64)),
                ('note', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ServiceFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(blank=True, help_text='Its code; empty: all.', max_length=16, unique=True, verbose_name='agency')),
                ('as_of', models.DateField(verbose_name='as of')),
                ('content', models.JSONField(verbose_name='content')),
            ],
            options={
                'verbose_name': 'figures of the service',
                'verbose_name_plural': 'figures of the service',
            },
        ),
        migrations.RemoveConstraint(
            model_name='annualreport',
            name='annualreport_published_has_moment',
        ),
        migrations.AddField(
            model_name='annualreport',
            name='approved_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='annualreport',
            name='computed',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='annualreport',
            name='computed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='computed at'),
        ),
        migrations.AddField(
            model_name='annualreport',
            name='computed_until',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='annualreport',
            name='content_hash',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='annualreport',
            name='contributors',
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.AddField(
            model_name='annualreport',
            name='correction_reason',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason for the correction'),
        ),
        migrations.AddField(
            model_name='annualreport',
            name='loaded',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='annualreport',
            name='open_from',
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='annualreport',
            name='previous',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='annualreport',
            name='summed',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='annualreport',
            name='tables',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='tables'),
        ),
        migrations.AddField(
            model_name='annualreport',
            name='texts',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='written sections'),
        ),
        migrations.AddField(
            model_name='historicalannualreport',
            name='approved_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalannualreport',
            name='computed',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='historicalannualreport',
            name='computed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='computed at'),
        ),
        migrations.AddField(
            model_name='historicalannualreport',
            name='computed_until',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='historicalannualreport',
            name='content_hash',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='historicalannualreport',
            name='contributors',
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.AddField(
            model_name='historicalannualreport',
            name='correction_reason',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason for the correction'),
        ),
        migrations.AddField(
            model_name='historicalannualreport',
            name='loaded',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='historicalannualreport',
            name='open_from',
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='historicalannualreport',
            name='previous',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='historicalannualreport',
            name='summed',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='historicalannualreport',
            name='tables',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='tables'),
        ),
        migrations.AddField(
            model_name='historicalannualreport',
            name='texts',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='written sections'),
        ),
        migrations.AddField(
            model_name='historicalpublication',
            name='amended_on',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='importrun',
            name='asked_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='sign-off asked for at'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='concerns',
            field=models.ManyToManyField(related_name='+', to='disclosure.agency', verbose_name='agencies'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='decided_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='decided at'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='kept_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='importrun',
            name='opinion',
            field=models.CharField(blank=True, max_length=500, verbose_name='reason for returning it'),
        ),
        migrations.AddField(
            model_name='publication',
            name='amended_on',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='annualreport',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('checked', 'Figures checked'), ('approved', 'Approved'), ('submitted', 'Submitted to the superior agency'), ('published', 'Published')], default='draft', editable=False, max_length=12, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='historicalannualreport',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('checked', 'Figures checked'), ('approved', 'Approved'), ('submitted', 'Submitted to the superior agency'), ('published', 'Published')], default='draft', editable=False, max_length=12, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='importrun',
            name='state',
            field=models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('checked', 'Checked, to be confirmed'), ('awaiting', 'To be signed off'), ('done', 'Done'), ('failed', 'Failed')], max_length=10, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='logentry',
            name='kind',
            field=models.CharField(choices=[('published', 'Published'), ('taken_over', 'Taken over as public already'), ('revised', 'Revised'), ('amended', 'Amended'), ('repealed', 'Repealed'), ('lapsed', 'Lapsed'), ('restored', 'Marked as in force'), ('withdrawn', 'Withdrawn'), ('version_closed', 'Earlier version closed')], max_length=16, verbose_name='kind'),
        ),
        migrations.AddIndex(
            model_name='importrun',
            index=models.Index(condition=models.Q(('state', 'awaiting')), fields=['asked_at'], name='import_run_awaiting'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(fields=['title'], name='publication_title'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', models.F('created_by')), _negated=True), name='import_run_decided_by_another', violation_error_message='Who handed it in does not sign it off.'),
        ),
        migrations.AddField(
            model_name='celladjustment',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='celladjustment',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adjustments', to='disclosure.annualreport', verbose_name='annual report'),
        ),
        migrations.AddField(
            model_name='historicalcelladjustment',
            name='by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalcelladjustment',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalcelladjustment',
            name='report',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='disclosure.annualreport', verbose_name='annual report'),
        ),
        migrations.AddField(
            model_name='remarknote',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='remarknote',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remark_notes', to='disclosure.annualreport'),
        ),
        migrations.AddField(
            model_name='reportedition',
            name='approved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportedition',
            name='published_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportedition',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='disclosure.annualreport', verbose_name='annual report'),
        ),
        migrations.AddField(
            model_name='editionfile',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='disclosure.reportedition'),
        ),
        migrations.AddField(
            model_name='annualreport',
            name='edition',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='disclosure.reportedition', verbose_name='public edition'),
        ),
        migrations.AddField(
            model_name='historicalannualreport',
            name='edition',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='disclosure.reportedition', verbose_name='public edition'),
        ),
        migrations.AddField(
            model_name='reportevent',
            name='actor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportevent',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='disclosure.annualreport'),
        ),
        migrations.AddConstraint(
            model_name='celladjustment',
            constraint=models.UniqueConstraint(fields=('report', 'table', 'row', 'column'), name='report_cell_adjusted_once'),
        ),
        migrations.AddConstraint(
            model_name='celladjustment',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='report_adjustment_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='celladjustment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', False), ('kind__in', ['add', 'set'])), models.Q(('amount__isnull', True), ('kind__in', ['blank', 'na'])), _connector='OR'), name='report_adjustment_has_amount'),
        ),
        migrations.AddConstraint(
            model_name='remarknote',
            constraint=models.UniqueConstraint(fields=('report', 'key'), name='report_remark_noted_once'),
        ),
        migrations.AddConstraint(
            model_name='remarknote',
            constraint=models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='report_remark_note_says_something'),
        ),
        migrations.AddConstraint(
            model_name='reportedition',
            constraint=models.UniqueConstraint(fields=('report', 'number'), name='report_edition_once'),
        ),
        migrations.AddConstraint(
            model_name='reportedition',
            constraint=models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='report_correction_has_reason', violation_error_message='A correction needs its reason.'),
        ),
        migrations.AddConstraint(
            model_name='editionfile',
            constraint=models.UniqueConstraint(fields=('edition', 'kind'), name='report_file_once'),
        ),
    ]
