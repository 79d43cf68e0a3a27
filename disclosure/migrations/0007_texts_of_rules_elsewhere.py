"""A rule's text is its publication's. The defaults are for the way back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0006_guides_and_rules")]

    operations = [
        migrations.AlterField(
            model_name="rule",
            name="title",
            field=models.CharField(default="", max_length=200),
        ),
        migrations.AlterField(
            model_name="rule",
            name="body",
            field=models.TextField(default=""),
        ),
        migrations.AlterField(
            model_name="historicalrule",
            name="title",
            field=models.CharField(default="", max_length=200),
        ),
        migrations.AlterField(
            model_name="historicalrule",
            name="body",
            field=models.TextField(default=""),
        ),
        migrations.RemoveField(
            model_name='historicalrule',
            name='body',
        ),
        migrations.RemoveField(
            model_name='historicalrule',
            name='is_published',
        ),
        migrations.RemoveField(
            model_name='historicalrule',
            name='made_on',
        ),
        migrations.RemoveField(
            model_name='historicalrule',
            name='title',
        ),
        migrations.RemoveField(
            model_name='rule',
            name='body',
        ),
        migrations.RemoveField(
            model_name='rule',
            name='is_published',
        ),
        migrations.RemoveField(
            model_name='rule',
            name='made_on',
        ),
        migrations.RemoveField(
            model_name='rule',
            name='title',
        ),
    ]
