import disclosure.core.crypto
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0002_audit_entries_of_an_agency'),
        ('requests_app', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', disclosure.core.crypto.EncryptedJSONField(help_text="{'closing': …, 'remedy': …, 'seal': …}", null=True)),
            ],
            options={
                'verbose_name': 'draft of an answer',
                'verbose_name_plural': 'drafts of answers',
            },
        ),
        migrations.CreateModel(
            name='CaseNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', disclosure.core.crypto.EncryptedJSONField(help_text="{'text': …}", null=True)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written at')),
            ],
            options={
                'verbose_name': 'note',
                'verbose_name_plural': 'notes',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('direct', 'Handed over'), ('agency', 'Through another agency'), ('post', 'By post'), ('email', 'By e-mail'), ('online', 'Read on this site')], max_length=8, verbose_name='way of delivery')),
                ('carrier', models.CharField(blank=True, max_length=40, verbose_name='postal service')),
                ('tracking_number', models.CharField(blank=True, max_length=40, verbose_name='postal number')),
                ('sent_on', models.DateField(verbose_name='sent on')),
                ('served_on', models.DateField(blank=True, null=True, verbose_name='served on')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='recorded at')),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='FeeNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(choices=[('requests', 'By request'), ('pages', 'By page')], max_length=8, verbose_name='basis')),
                ('count', models.PositiveIntegerField(help_text='Which request of the month it is, or how many pages.', verbose_name='counted')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='amount')),
                ('collected', models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name='collected')),
                ('notified_on', models.DateField(verbose_name='notice received on')),
                ('paid_on', models.DateField(blank=True, null=True, verbose_name='paid on')),
                ('waived_on', models.DateField(blank=True, null=True, verbose_name='waived on')),
            ],
            options={
                'verbose_name': 'fee notice',
                'verbose_name_plural': 'fee notices',
            },
        ),
        migrations.CreateModel(
            name='HelpTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('search', 'Search for the information'), ('opinion', 'Give an opinion')], max_length=8, verbose_name='kind')),
                ('asked_on', models.DateField(verbose_name='asked on')),
                ('due_on', models.DateField(verbose_name='answer wanted by')),
                ('chased_on', models.DateField(blank=True, null=True, verbose_name='last reminded on')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='answered on')),
                ('found', models.CharField(blank=True, choices=[('holds', 'Holds it'), ('nothing', 'Holds nothing'), ('opinion', 'Opinion given')], max_length=8, verbose_name='answer')),
            ],
            options={
                'verbose_name': 'task of an office',
                'verbose_name_plural': 'tasks of offices',
                'ordering': ['request', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalLetterStyle',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('letterhead', models.CharField(blank=True, help_text="Empty: the agency's full name.", max_length=60, verbose_name='letterhead')),
                ('signature', models.CharField(blank=True, help_text="Empty: the agency's full name.", max_length=60, verbose_name='signature')),
                ('number_prefix', models.CharField(blank=True, help_text="Stands before 〔year〕, for example 示公开. Empty: the agency's code.", max_length=20, verbose_name='prefix of letter numbers')),
                ('contact', models.CharField(blank=True, max_length=200, verbose_name='contact line')),
                ('reconsideration_body', models.CharField(blank=True, max_length=100, verbose_name='reconsideration body')),
                ('court', models.CharField(blank=True, max_length=100, verbose_name='court')),
                ('online_channel', models.CharField(blank=True, max_length=200, verbose_name='internet channel for reconsideration')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical letter style',
                'verbose_name_plural': 'historical letter styles',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalLetterWording',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('correction', 'Request to correct'), ('reasons', 'Request to give reasons'), ('extension', 'Notice of extension'), ('delay', 'Notice of a reasonable delay'), ('consulting', 'Notice that others are asked'), ('third_party', 'Letter to a third party'), ('third_party_disclosure', 'Notice of disclosure to a third party'), ('co_maker', 'Letter to another maker'), ('agency', 'Letter to another agency'), ('help', 'Letter to an office'), ('fee', 'Fee notice'), ('sending_on', 'List of what is sent on'), ('answer', 'Answer'), ('answer.given', 'Answer · Granted: provided'), ('answer.already_public', 'Answer · Granted: already public'), ('answer.partly', 'Answer · Partly granted'), ('answer.refused_state_secret', 'Answer · State secret'), ('answer.refused_forbidden_by_law', 'Answer · Disclosure forbidden by law or regulation'), ('answer.refused_security_stability', 'Answer · Endangers national, public or economic security or social stability'), ('answer.refused_third_party', 'Answer · Lawful interests of a third party'), ('answer.refused_internal_affairs', 'Answer · Internal affairs information'), ('answer.refused_process', 'Answer · Process information'), ('answer.refused_enforcement_file', 'Answer · Administrative enforcement file'), ('answer.refused_administrative_inquiry', 'Answer · Matter of an administrative inquiry'), ('answer.not_existing', 'Answer · Searched for, does not exist'), ('answer.not_ours', "Answer · Not this agency's to disclose"), ('answer.unable_needs_creation', 'Answer · Would have to be made first'), ('answer.unable_still_unclear', 'Answer · Still unclear after correction'), ('answer.unprocessed_petition', 'Answer · Petition, complaint or report'), ('answer.unprocessed_repeated', 'Answer · Repeated request'), ('answer.unprocessed_publication', 'Answer · Asks for a publication'), ('answer.unprocessed_excessive', 'Answer · Unreasonably many or frequent requests'), ('answer.unprocessed_reissue', 'Answer · Asks to confirm or reissue information already obtained'), ('answer.other_not_corrected', 'Answer · Not corrected in time'), ('answer.other_fee_unpaid', 'Answer · Fee not paid in time'), ('answer.record_corrected', 'Answer · Record about the applicant corrected'), ('answer.record_kept', 'Answer · Record about the applicant not corrected'), ('answer.record_passed_on', 'Answer · Correction of a record passed on'), ('answer.other', 'Answer · Other')], max_length=48, verbose_name='kind')),
                ('body', models.TextField(max_length=8000, verbose_name='wording')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical wording of a letter',
                'verbose_name_plural': 'historical wordings of letters',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalMessageText',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('template', models.CharField(choices=[('submitted', 'Request received'), ('registered', 'Request registered'), ('correction_asked', 'Correction asked for'), ('corrected', 'Correction received'), ('third_party_asked', 'Others are asked for their opinion'), ('extended', 'Answer extended'), ('delayed', 'Answer delayed'), ('reasons_asked', 'Reasons asked for'), ('fee_notified', 'Fee notice issued'), ('fee_paid', 'Fee received'), ('answered', 'Request answered'), ('delivered', 'Answer delivered'), ('withdrawn', 'Request withdrawn'), ('split', 'Request split'), ('merged', 'Request merged'), ('transferred', 'Request sent to another agency'), ('reopened', 'Request reopened'), ('calendar_moved', 'Later answer after a calendar change'), ('code_renewed', 'New access code made'), ('code_link', 'Link for a new access code'), ('closed', 'Request closed'), ('reminder_due', 'Reminder: the answer is due soon'), ('reminder_overdue', 'Reminder: the answer is overdue'), ('assigned', 'Case assigned'), ('review_wanted', 'Draft to be reviewed'), ('approval_wanted', 'Decision to be approved'), ('returned', 'Draft returned'), ('task_asked', 'Task asked of an office'), ('task_chased', 'Task chased'), ('calendar_moved_staff', 'Date moved by a calendar change')], max_length=40, verbose_name='message')),
                ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], default='zh-hans', max_length=10, verbose_name='language')),
                ('subject', models.CharField(max_length=120, verbose_name='subject')),
                ('body', models.TextField(max_length=2000, verbose_name='text')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical text of a message',
                'verbose_name_plural': 'historical texts of messages',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('correction', 'Request to correct'), ('reasons', 'Request to give reasons'), ('extension', 'Notice of extension'), ('delay', 'Notice of a reasonable delay'), ('consulting', 'Notice that others are asked'), ('third_party', 'Letter to a third party'), ('third_party_disclosure', 'Notice of disclosure to a third party'), ('co_maker', 'Letter to another maker'), ('agency', 'Letter to another agency'), ('help', 'Letter to an office'), ('fee', 'Fee notice'), ('sending_on', 'List of what is sent on'), ('answer', 'Answer')], max_length=32, verbose_name='kind')),
                ('number', models.CharField(max_length=100, verbose_name='letter number')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('serial', models.PositiveIntegerField(verbose_name='serial')),
                ('document', disclosure.core.crypto.EncryptedJSONField(null=True)),
                ('content_sha256', models.CharField(max_length=64, verbose_name='seal')),
                ('verify_code', models.CharField(max_length=24, unique=True, verbose_name='verification code')),
                ('issued_on', models.DateField(verbose_name='issued on')),
                ('issued_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='issued at')),
                ('files_made_at', models.DateTimeField(blank=True, null=True, verbose_name='files made at')),
            ],
            options={
                'verbose_name': 'letter',
                'verbose_name_plural': 'letters',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LetterFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('file', models.FileField(editable=False, max_length=200, upload_to='requests/%Y/%m')),
                ('label', disclosure.core.crypto.EncryptedJSONField(help_text="{'name': …}", null=True)),
                ('content_type', models.CharField(editable=False, max_length=100, verbose_name='kind')),
                ('size', models.PositiveBigIntegerField(editable=False, verbose_name='size')),
                ('sha256', models.CharField(editable=False, max_length=64, verbose_name='SHA-256')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added at')),
                ('format', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'DOCX')], max_length=4, verbose_name='format')),
            ],
            options={
                'verbose_name': 'file of a letter',
                'verbose_name_plural': 'files of letters',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LetterStyle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letterhead', models.CharField(blank=True, help_text="Empty: the agency's full name.", max_length=60, verbose_name='letterhead')),
                ('signature', models.CharField(blank=True, help_text="Empty: the agency's full name.", max_length=60, verbose_name='signature')),
                ('number_prefix', models.CharField(blank=True, help_text="Stands before 〔year〕, for example 示公开. Empty: the agency's code.", max_length=20, verbose_name='prefix of letter numbers')),
                ('contact', models.CharField(blank=True, max_length=200, verbose_name='contact line')),
                ('reconsideration_body', models.CharField(blank=True, max_length=100, verbose_name='reconsideration body')),
                ('court', models.CharField(blank=True, max_length=100, verbose_name='court')),
                ('online_channel', models.CharField(blank=True, max_length=200, verbose_name='internet channel for reconsideration')),
            ],
            options={
                'verbose_name': 'letter style',
                'verbose_name_plural': 'letter styles',
            },
        ),
        migrations.CreateModel(
            name='LetterWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('correction', 'Request to correct'), ('reasons', 'Request to give reasons'), ('extension', 'Notice of extension'), ('delay', 'Notice of a reasonable delay'), ('consulting', 'Notice that others are asked'), ('third_party', 'Letter to a third party'), ('third_party_disclosure', 'Notice of disclosure to a third party'), ('co_maker', 'Letter to another maker'), ('agency', 'Letter to another agency'), ('help', 'Letter to an office'), ('fee', 'Fee notice'), ('sending_on', 'List of what is sent on'), ('answer', 'Answer'), ('answer.given', 'Answer · Granted: provided'), ('answer.already_public', 'Answer · Granted: already public'), ('answer.partly', 'Answer · Partly granted'), ('answer.refused_state_secret', 'Answer · State secret'), ('answer.refused_forbidden_by_law', 'Answer · Disclosure forbidden by law or regulation'), ('answer.refused_security_stability', 'Answer · Endangers national, public or economic security or social stability'), ('answer.refused_third_party', 'Answer · Lawful interests of a third party'), ('answer.refused_internal_affairs', 'Answer · Internal affairs information'), ('answer.refused_process', 'Answer · Process information'), ('answer.refused_enforcement_file', 'Answer · Administrative enforcement file'), ('answer.refused_administrative_inquiry', 'Answer · Matter of an administrative inquiry'), ('answer.not_existing', 'Answer · Searched for, does not exist'), ('answer.not_ours', "Answer · Not this agency's to disclose"), ('answer.unable_needs_creation', 'Answer · Would have to be made first'), ('answer.unable_still_unclear', 'Answer · Still unclear after correction'), ('answer.unprocessed_petition', 'Answer · Petition, complaint or report'), ('answer.unprocessed_repeated', 'Answer · Repeated request'), ('answer.unprocessed_publication', 'Answer · Asks for a publication'), ('answer.unprocessed_excessive', 'Answer · Unreasonably many or frequent requests'), ('answer.unprocessed_reissue', 'Answer · Asks to confirm or reissue information already obtained'), ('answer.other_not_corrected', 'Answer · Not corrected in time'), ('answer.other_fee_unpaid', 'Answer · Fee not paid in time'), ('answer.record_corrected', 'Answer · Record about the applicant corrected'), ('answer.record_kept', 'Answer · Record about the applicant not corrected'), ('answer.record_passed_on', 'Answer · Correction of a record passed on'), ('answer.other', 'Answer · Other')], max_length=48, verbose_name='kind')),
                ('body', models.TextField(max_length=8000, verbose_name='wording')),
            ],
            options={
                'verbose_name': 'wording of a letter',
                'verbose_name_plural': 'wordings of letters',
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('applicant', 'Applicant'), ('staff', 'Staff')], max_length=12, verbose_name='to whom')),
                ('template', models.CharField(choices=[('submitted', 'Request received'), ('registered', 'Request registered'), ('correction_asked', 'Correction asked for'), ('corrected', 'Correction received'), ('third_party_asked', 'Others are asked for their opinion'), ('extended', 'Answer extended'), ('delayed', 'Answer delayed'), ('reasons_asked', 'Reasons asked for'), ('fee_notified', 'Fee notice issued'), ('fee_paid', 'Fee received'), ('answered', 'Request answered'), ('delivered', 'Answer delivered'), ('withdrawn', 'Request withdrawn'), ('split', 'Request split'), ('merged', 'Request merged'), ('transferred', 'Request sent to another agency'), ('reopened', 'Request reopened'), ('calendar_moved', 'Later answer after a calendar change'), ('code_renewed', 'New access code made'), ('code_link', 'Link for a new access code'), ('closed', 'Request closed'), ('reminder_due', 'Reminder: the answer is due soon'), ('reminder_overdue', 'Reminder: the answer is overdue'), ('assigned', 'Case assigned'), ('review_wanted', 'Draft to be reviewed'), ('approval_wanted', 'Decision to be approved'), ('returned', 'Draft returned'), ('task_asked', 'Task asked of an office'), ('task_chased', 'Task chased'), ('calendar_moved_staff', 'Date moved by a calendar change')], max_length=40, verbose_name='message')),
                ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], max_length=10, verbose_name='language')),
                ('channel', models.CharField(choices=[('email', 'E-mail'), ('sms', 'Text message')], max_length=8, verbose_name='way')),
                ('params', models.JSONField(default=dict, verbose_name='fields')),
                ('key', models.CharField(editable=False, max_length=120, null=True, unique=True)),
                ('state', models.CharField(choices=[('queued', 'To be sent'), ('sent', 'Sent'), ('failed', 'Failed'), ('dropped', 'Dropped')], default='queued', max_length=8, verbose_name='state')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next attempt')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent at')),
                ('last_error', models.CharField(blank=True, max_length=60, verbose_name='last error')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='queued at')),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
            },
        ),
        migrations.CreateModel(
            name='MessageText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('template', models.CharField(choices=[('submitted', 'Request received'), ('registered', 'Request registered'), ('correction_asked', 'Correction asked for'), ('corrected', 'Correction received'), ('third_party_asked', 'Others are asked for their opinion'), ('extended', 'Answer extended'), ('delayed', 'Answer delayed'), ('reasons_asked', 'Reasons asked for'), ('fee_notified', 'Fee notice issued'), ('fee_paid', 'Fee received'), ('answered', 'Request answered'), ('delivered', 'Answer delivered'), ('withdrawn', 'Request withdrawn'), ('split', 'Request split'), ('merged', 'Request merged'), ('transferred', 'Request sent to another agency'), ('reopened', 'Request reopened'), ('calendar_moved', 'Later answer after a calendar change'), ('code_renewed', 'New access code made'), ('code_link', 'Link for a new access code'), ('closed', 'Request closed'), ('reminder_due', 'Reminder: the answer is due soon'), ('reminder_overdue', 'Reminder: the answer is overdue'), ('assigned', 'Case assigned'), ('review_wanted', 'Draft to be reviewed'), ('approval_wanted', 'Decision to be approved'), ('returned', 'Draft returned'), ('task_asked', 'Task asked of an office'), ('task_chased', 'Task chased'), ('calendar_moved_staff', 'Date moved by a calendar change')], max_length=40, verbose_name='message')),
                ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], default='zh-hans', max_length=10, verbose_name='language')),
                ('subject', models.CharField(max_length=120, verbose_name='subject')),
                ('body', models.TextField(max_length=2000, verbose_name='text')),
            ],
            options={
                'verbose_name': 'text of a message',
                'verbose_name_plural': 'texts of messages',
            },
        ),
        migrations.CreateModel(
            name='NamedPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'named person',
                'verbose_name_plural': 'named people',
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('third_party', 'Third party'), ('co_maker', 'Other maker'), ('agency', 'Other agency')], max_length=12, verbose_name='kind')),
                ('number', models.PositiveSmallIntegerField(verbose_name='running number')),
                ('data', disclosure.core.crypto.EncryptedJSONField(null=True)),
                ('opinion', models.CharField(blank=True, choices=[('agrees', 'Agrees to disclosure'), ('objects', 'Objects, with reasons'), ('objects_without', 'Objects, without reasons'), ('none', 'No opinion')], max_length=16, verbose_name='opinion')),
                ('is_overridden', models.BooleanField(default=False, help_text='Withholding may have a major effect on the public interest (Art. 32).', verbose_name='disclosed against its objection')),
            ],
            options={
                'verbose_name': 'party asked',
                'verbose_name_plural': 'parties asked',
                'ordering': ['request', 'kind', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Point',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('text', models.CharField(max_length=1000, verbose_name='what is asked for')),
                ('determination', models.CharField(blank=True, choices=[('given', 'Granted: provided'), ('already_public', 'Granted: already public'), ('partly', 'Partly granted'), ('refused_state_secret', 'State secret'), ('refused_forbidden_by_law', 'Disclosure forbidden by law or regulation'), ('refused_security_stability', 'Endangers national, public or economic security or social stability'), ('refused_third_party', 'Lawful interests of a third party'), ('refused_internal_affairs', 'Internal affairs information'), ('refused_process', 'Process information'), ('refused_enforcement_file', 'Administrative enforcement file'), ('refused_administrative_inquiry', 'Matter of an administrative inquiry'), ('not_existing', 'Searched for, does not exist'), ('not_ours', "Not this agency's to disclose"), ('unable_needs_creation', 'Would have to be made first'), ('unable_still_unclear', 'Still unclear after correction'), ('unprocessed_petition', 'Petition, complaint or report'), ('unprocessed_repeated', 'Repeated request'), ('unprocessed_publication', 'Asks for a publication'), ('unprocessed_excessive', 'Unreasonably many or frequent requests'), ('unprocessed_reissue', 'Asks to confirm or reissue information already obtained'), ('other_not_corrected', 'Not corrected in time'), ('other_fee_unpaid', 'Fee not paid in time'), ('record_corrected', 'Record about the applicant corrected'), ('record_kept', 'Record about the applicant not corrected'), ('record_passed_on', 'Correction of a record passed on'), ('other', 'Other')], max_length=40, verbose_name='determination')),
                ('details', disclosure.core.crypto.EncryptedJSONField(help_text="{'reasons': …}", null=True)),
            ],
            options={
                'verbose_name': 'point',
                'verbose_name_plural': 'points',
                'ordering': ['request', 'position'],
            },
        ),
        migrations.CreateModel(
            name='RemedyCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reconsideration', 'Administrative reconsideration'), ('litigation_direct', 'Lawsuit without reconsideration'), ('litigation_after_reconsideration', 'Lawsuit after reconsideration')], max_length=32, verbose_name='kind')),
                ('by', models.CharField(choices=[('applicant', 'The applicant'), ('third_party', 'A third party')], max_length=12, verbose_name='begun by')),
                ('against', models.CharField(choices=[('answer', 'The answer given'), ('silence', 'No answer in time'), ('disclosure', 'The disclosure of its information')], max_length=12, verbose_name='against')),
                ('body', models.CharField(help_text='Reconsideration body, court', max_length=100, verbose_name='heard by')),
                ('reference', models.CharField(blank=True, max_length=100, verbose_name='case number')),
                ('is_simplified', models.BooleanField(default=False, verbose_name='simplified procedure')),
                ('filed_on', models.DateField(blank=True, null=True, verbose_name='filed on')),
                ('received_on', models.DateField(verbose_name='copy received on')),
                ('reply_due', models.DateField(verbose_name='reply due')),
                ('replied_on', models.DateField(blank=True, null=True, verbose_name='replied on')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
                ('result', models.CharField(blank=True, max_length=40, verbose_name='result')),
                ('outcome', models.CharField(choices=[('pending', 'Pending'), ('upheld', 'Upheld'), ('corrected', 'Corrected'), ('other', 'Other result')], default='pending', max_length=12, verbose_name='outcome')),
                ('orders_new_answer', models.BooleanField(default=False, verbose_name='orders a new answer')),
                ('new_answer_by', models.DateField(blank=True, null=True, verbose_name='new answer by')),
            ],
            options={
                'verbose_name': 'reconsideration or lawsuit',
                'verbose_name_plural': 'reconsiderations and lawsuits',
                'ordering': ['request', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('query', models.CharField(max_length=500, verbose_name='what is chosen')),
            ],
            options={
                'verbose_name': 'saved filter',
                'verbose_name_plural': 'saved filters',
                'ordering': ['name'],
            },
        ),
        migrations.AlterModelOptions(
            name='answer',
            options={'ordering': ['-pk'], 'verbose_name': 'answer', 'verbose_name_plural': 'answers'},
        ),
        migrations.RemoveConstraint(
            model_name='disclosurerequest',
            name='request_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='disclosurerequest',
            name='request_outcome_when_answered',
        ),
        migrations.AddField(
            model_name='answer',
            name='released_on',
            field=models.DateField(blank=True, help_text='Until then a third party may contest the disclosure; empty: at once.', null=True, verbose_name='information released on'),
        ),
        migrations.AddField(
            model_name='disclosurerequest',
            name='counted_on',
            field=models.DateField(blank=True, null=True, verbose_name='counted on'),
        ),
        migrations.AddField(
            model_name='disclosurerequest',
            name='counted_outcome',
            field=models.CharField(blank=True, choices=[('granted', 'Granted'), ('partially_granted', 'Partly granted'), ('refused_state_secret', 'State secret'), ('refused_forbidden_by_law', 'Disclosure forbidden by law or regulation'), ('refused_security_stability', 'Endangers national, public or economic security or social stability'), ('refused_third_party', 'Lawful interests of a third party'), ('refused_internal_affairs', 'Internal affairs information'), ('refused_process', 'Process information'), ('refused_enforcement_file', 'Administrative enforcement file'), ('refused_administrative_inquiry', 'Matter of an administrative inquiry'), ('unable_not_held', 'Not held by this agency'), ('unable_needs_creation', 'Would have to be made first'), ('unable_still_unclear', 'Still unclear after correction'), ('unprocessed_petition', 'Petition, complaint or report'), ('unprocessed_repeated', 'Repeated request'), ('unprocessed_publication', 'Asks for a publication'), ('unprocessed_excessive', 'Unreasonably many or frequent requests'), ('unprocessed_reissue', 'Asks to confirm or reissue information already obtained'), ('other_not_corrected', 'Not corrected in time'), ('other_fee_unpaid', 'Fee not paid in time'), ('other', 'Other')], max_length=40, verbose_name='outcome counted'),
        ),
        migrations.AddField(
            model_name='disclosurerequest',
            name='is_extended',
            field=models.BooleanField(default=False, verbose_name='extended'),
        ),
        migrations.AddField(
            model_name='disclosurerequest',
            name='is_extension_proposed',
            field=models.BooleanField(default=False, verbose_name='extension proposed'),
        ),
        migrations.AddField(
            model_name='disclosurerequest',
            name='is_restricted',
            field=models.BooleanField(default=False, help_text='Only named people see it.', verbose_name='restricted'),
        ),
        migrations.AddField(
            model_name='disclosurerequest',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='merged_here', to='requests_app.disclosurerequest', verbose_name='merged into'),
        ),
        migrations.AddField(
            model_name='disclosurerequest',
            name='office',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='requests', to='disclosure.office', verbose_name='office in charge'),
        ),
        migrations.AddField(
            model_name='disclosurerequest',
            name='origin',
            field=models.ForeignKey(blank=True, help_text='The request that it was split off from, or that another agency sent here.', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='offspring', to='requests_app.disclosurerequest', verbose_name='comes from'),
        ),
        migrations.AddField(
            model_name='disclosurerequest',
            name='waiting_until',
            field=models.DateField(blank=True, null=True, verbose_name='waits until'),
        ),
        migrations.AddField(
            model_name='requestfile',
            name='answer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='requests_app.answer', verbose_name='answer'),
        ),
        migrations.AlterField(
            model_name='answer',
            name='content',
            field=disclosure.core.crypto.EncryptedJSONField(help_text="{'text': …}", null=True),
        ),
        migrations.AlterField(
            model_name='answer',
            name='issued_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='issued by'),
        ),
        migrations.AlterField(
            model_name='answer',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='requests_app.disclosurerequest', verbose_name='request'),
        ),
        migrations.AlterField(
            model_name='disclosurerequest',
            name='state',
            field=models.CharField(choices=[('submitted', 'Submitted'), ('registered', 'In progress'), ('correction', 'Waiting for your correction'), ('payment', 'Waiting for payment'), ('review', 'Under legal review'), ('approval', 'Waiting for approval'), ('approved', 'Approved, to be sent'), ('answered', 'Answered'), ('closed', 'Closed')], max_length=16, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='requestfile',
            name='purpose',
            field=models.CharField(choices=[('application', 'From the applicant'), ('draft', 'With the draft of the answer'), ('answer', 'With the answer'), ('inner', 'Kept in the case file')], max_length=12, verbose_name='purpose'),
        ),
        migrations.AddIndex(
            model_name='disclosurerequest',
            index=models.Index(condition=models.Q(('state__in', ['approval', 'approved', 'correction', 'payment', 'registered', 'review', 'submitted'])), fields=['agency', 'answer_due', 'id'], name='request_open_by_due'),
        ),
        migrations.AddIndex(
            model_name='disclosurerequest',
            index=models.Index(fields=['agency', 'received_on'], name='request_received'),
        ),
        migrations.AddIndex(
            model_name='disclosurerequest',
            index=models.Index(fields=['agency', 'counted_on'], name='request_counted'),
        ),
        migrations.AddIndex(
            model_name='disclosurerequest',
            index=models.Index(fields=['agency', '-submitted_at', '-id'], name='request_newest_of_agency'),
        ),
        migrations.AddField(
            model_name='answerdraft',
            name='request',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='answer_draft', to='requests_app.disclosurerequest', verbose_name='request'),
        ),
        migrations.AddField(
            model_name='casenote',
            name='event',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='note', to='requests_app.requestevent', verbose_name='event'),
        ),
        migrations.AddField(
            model_name='casenote',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='requests_app.disclosurerequest', verbose_name='request'),
        ),
        migrations.AddField(
            model_name='casenote',
            name='written_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='recorded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='slip',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='requests_app.requestfile', verbose_name='slip'),
        ),
        migrations.AddField(
            model_name='feenotice',
            name='request',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='fee_notice', to='requests_app.disclosurerequest', verbose_name='request'),
        ),
        migrations.AddField(
            model_name='helptask',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='request_tasks', to='disclosure.office', verbose_name='office'),
        ),
        migrations.AddField(
            model_name='helptask',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='requests_app.disclosurerequest', verbose_name='request'),
        ),
        migrations.AddField(
            model_name='historicalletterstyle',
            name='agency',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='disclosure.agency', verbose_name='agency'),
        ),
        migrations.AddField(
            model_name='historicalletterstyle',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalletterwording',
            name='agency',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='disclosure.agency', verbose_name='agency'),
        ),
        migrations.AddField(
            model_name='historicalletterwording',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalmessagetext',
            name='agency',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='disclosure.agency', verbose_name='agency'),
        ),
        migrations.AddField(
            model_name='historicalmessagetext',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='letter',
            name='event',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='requests_app.requestevent', verbose_name='event'),
        ),
        migrations.AddField(
            model_name='letter',
            name='issued_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='issued by'),
        ),
        migrations.AddField(
            model_name='letter',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='requests_app.disclosurerequest', verbose_name='request'),
        ),
        migrations.AddField(
            model_name='letter',
            name='task',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='requests_app.helptask', verbose_name='task of an office'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='requests_app.letter', verbose_name='letter'),
        ),
        migrations.AddField(
            model_name='letterfile',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='requests_app.letter', verbose_name='letter'),
        ),
        migrations.AddField(
            model_name='letterstyle',
            name='agency',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='letter_style', to='disclosure.agency', verbose_name='agency'),
        ),
        migrations.AddField(
            model_name='letterwording',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letter_wordings', to='disclosure.agency', verbose_name='agency'),
        ),
        migrations.AddField(
            model_name='message',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='disclosure.agency', verbose_name='agency'),
        ),
        migrations.AddField(
            model_name='message',
            name='request',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='requests_app.disclosurerequest', verbose_name='request'),
        ),
        migrations.AddField(
            model_name='message',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='member of staff'),
        ),
        migrations.AddField(
            model_name='messagetext',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='message_texts', to='disclosure.agency', verbose_name='agency'),
        ),
        migrations.AddField(
            model_name='namedperson',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named_people', to='requests_app.disclosurerequest', verbose_name='request'),
        ),
        migrations.AddField(
            model_name='namedperson',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='named person'),
        ),
        migrations.AddField(
            model_name='party',
            name='agency',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='disclosure.agency', verbose_name='agency of the platform'),
        ),
        migrations.AddField(
            model_name='party',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='requests_app.disclosurerequest', verbose_name='request'),
        ),
        migrations.AddField(
            model_name='letter',
            name='party',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='requests_app.party', verbose_name='party asked'),
        ),
        migrations.AddField(
            model_name='point',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='points', to='requests_app.disclosurerequest', verbose_name='request'),
        ),
        migrations.AddField(
            model_name='remedycase',
            name='party',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='requests_app.party', verbose_name='third party'),
        ),
        migrations.AddField(
            model_name='remedycase',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remedies', to='requests_app.disclosurerequest', verbose_name='request'),
        ),
        migrations.AddField(
            model_name='savedfilter',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddConstraint(
            model_name='feenotice',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='fee_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='feenotice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('collected', 0), ('paid_on__isnull', True)), models.Q(('collected', models.F('amount')), ('paid_on__isnull', False), ('waived_on__isnull', True)), _connector='OR'), name='fee_collected_when_paid'),
        ),
        migrations.AddIndex(
            model_name='helptask',
            index=models.Index(condition=models.Q(('answered_on__isnull', True)), fields=['due_on', 'id'], name='task_open_by_due'),
        ),
        migrations.AddConstraint(
            model_name='helptask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', True), ('found', '')), models.Q(('answered_on__isnull', False), models.Q(('found', ''), _negated=True)), _connector='OR'), name='task_found_when_answered'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('served_on__isnull', True), ('served_on__gte', models.F('sent_on')), _connector='OR'), name='delivery_served_after_sent'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', 'post'), _negated=True), models.Q(('tracking_number', ''), _negated=True), _connector='OR'), name='delivery_post_has_number'),
        ),
        migrations.AddConstraint(
            model_name='letterfile',
            constraint=models.UniqueConstraint(fields=('letter', 'format'), name='letter_file_once'),
        ),
        migrations.AddConstraint(
            model_name='letterwording',
            constraint=models.UniqueConstraint(fields=('agency', 'kind'), name='letter_wording_once', violation_error_message='This agency already has a wording of this kind.'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['next_try_at', 'id'], name='message_due'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['-created_at', '-id'], name='message_newest'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sent', 'failed', 'dropped'])), name='message_state_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('audience', 'staff'), ('user__isnull', False)), models.Q(('audience', 'applicant'), ('request__isnull', False), ('user__isnull', True)), _connector='OR'), name='message_to_somebody'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='message_sent_at_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='messagetext',
            constraint=models.UniqueConstraint(fields=('agency', 'template', 'language'), name='messagetext_once', violation_error_message='This agency already has a text for this message.'),
        ),
        migrations.AddConstraint(
            model_name='namedperson',
            constraint=models.UniqueConstraint(fields=('request', 'user'), name='named_once'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.UniqueConstraint(fields=('request', 'kind', 'number'), name='party_number_once'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.CheckConstraint(condition=models.Q(('is_overridden', False), models.Q(('kind', 'third_party'), ('opinion', 'objects')), _connector='OR'), name='party_overridden_after_objection'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('files_made_at__isnull', True)), fields=['id'], name='letter_without_files'),
        ),
        migrations.AddConstraint(
            model_name='point',
            constraint=models.UniqueConstraint(fields=('request', 'position'), name='point_position_once'),
        ),
        migrations.AddConstraint(
            model_name='point',
            constraint=models.CheckConstraint(condition=models.Q(('position__gte', 1)), name='point_position_from_one'),
        ),
        migrations.AddIndex(
            model_name='remedycase',
            index=models.Index(condition=models.Q(('decided_on__isnull', True)), fields=['reply_due', 'id'], name='remedy_open_by_reply'),
        ),
        migrations.AddConstraint(
            model_name='remedycase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', True), ('outcome', 'pending')), models.Q(('decided_on__isnull', False), models.Q(('outcome', 'pending'), _negated=True)), _connector='OR'), name='remedy_outcome_when_decided'),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.UniqueConstraint(fields=('user', 'name'), name='savedfilter_name_once', violation_error_message='You already have a filter of this name.'),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.CheckConstraint(condition=models.Q(('query', ''), _negated=True), name='savedfilter_says_something', violation_error_message='Nothing is chosen in the list: there is no filter.'),
        ),
    ]
