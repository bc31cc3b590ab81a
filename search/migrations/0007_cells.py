import django.contrib.gis.db.models.fields
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.expressions
from django.db import migrations, models

# The numbers of `search.backends.cells`. Bound to what it calls when it is made, whatever the search path is
# when a dump is restored.
CELLS_OF = """
CREATE FUNCTION search_cells_of(places geography) RETURNS integer[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT array_agg(DISTINCT
        floor(ST_Y(geom) * 10)::integer * 3600 + (floor(ST_X(geom) * 10)::integer + 1800) % 3600 - 1800
    )
    FROM ST_Dump(places::geometry)
)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0006_near_and_concepts'),
    ]

    operations = [
        migrations.RunSQL(CELLS_OF, 'DROP FUNCTION search_cells_of(geography)'),
        migrations.AddField(
            model_name='searchentry',
            name='cells',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.Func('places', function='search_cells_of'), output_field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['cells'], name='entry_cells'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('coverage', [])), fields=['cells'], name='entry_near'),
        ),
    ]
