"""Working hours, day plans with their stops, doors that wait, doors for two; the moment of an appointment."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0013_privacy'),
    ]

    operations = [
        migrations.AddField(
            model_name='plannedcontact',
            name='at',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.CreateModel(
            name='DayPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('made', models.DateTimeField()),
                ('agreed', models.DateTimeField(null=True)),
                ('room', models.PositiveSmallIntegerField()),
                ('needed', models.PositiveSmallIntegerField()),
                ('metres', models.PositiveIntegerField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='day_plans', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PairVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('until', models.DateField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pair_visits', to='store.tenancy')),
            ],
        ),
        migrations.CreateModel(
            name='PlanStop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('start', models.PositiveSmallIntegerField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('pinned', models.BooleanField(default=False)),
                ('appointment', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('done', 'Done'), ('paid', 'Paid'), ('gone', 'Gone')], default='planned', max_length=8)),
                ('why_nl', models.CharField(blank=True, max_length=400)),
                ('why_en', models.CharField(blank=True, max_length=400)),
                ('companion', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='along_with', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stops', to='store.dayplan')),
                ('tenancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_stops', to='store.tenancy')),
            ],
        ),
        migrations.CreateModel(
            name='WaitingDoor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField()),
                ('code', models.CharField(max_length=16)),
                ('why_nl', models.CharField(max_length=400)),
                ('why_en', models.CharField(max_length=400)),
                ('new_day', models.DateField(null=True)),
                ('place', models.PositiveSmallIntegerField()),
                ('tenancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waiting_doors', to='store.tenancy')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waiting_doors', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Workday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField()),
                ('first', models.PositiveSmallIntegerField()),
                ('last', models.PositiveSmallIntegerField()),
                ('break_first', models.PositiveSmallIntegerField(null=True)),
                ('break_last', models.PositiveSmallIntegerField(null=True)),
                ('mode', models.CharField(max_length=8)),
                ('start_home', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='store.home')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='workdays', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='dayplan',
            index=models.Index(fields=['day'], name='store_daypl_day_524b0c_idx'),
        ),
        migrations.AddConstraint(
            model_name='dayplan',
            constraint=models.UniqueConstraint(fields=('user', 'day'), name='day_plan_once'),
        ),
        migrations.AddIndex(
            model_name='pairvisit',
            index=models.Index(fields=['tenancy', 'until'], name='store_pairv_tenancy_3b9f87_idx'),
        ),
        migrations.AddIndex(
            model_name='planstop',
            index=models.Index(fields=['state', 'tenancy'], name='store_plans_state_ec6157_idx'),
        ),
        migrations.AddIndex(
            model_name='planstop',
            index=models.Index(fields=['companion'], name='store_plans_compani_d2aab1_idx'),
        ),
        migrations.AddConstraint(
            model_name='planstop',
            constraint=models.UniqueConstraint(fields=('plan', 'tenancy'), name='plan_stop_once'),
        ),
        migrations.AddConstraint(
            model_name='waitingdoor',
            constraint=models.UniqueConstraint(fields=('user', 'week', 'tenancy'), name='waiting_door_once'),
        ),
        migrations.AddConstraint(
            model_name='workday',
            constraint=models.UniqueConstraint(fields=('user', 'weekday'), name='workday_once'),
        ),
        migrations.AddConstraint(
            model_name='workday',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('last'))), name='workday_has_hours'),
        ),
    ]
