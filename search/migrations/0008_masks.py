import django.db.models.expressions
from django.db import migrations, models

# The lists of `search.backends.postgres.masks`, in the same order.
MASK_OF = """
CREATE FUNCTION search_{column}_mask_of(slugs varchar[]) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT coalesce(bit_or(1::bigint << place::integer - 1), 0)
    FROM unnest('{{{numbered}}}'::varchar[]) WITH ORDINALITY AS numbered(slug, place)
    WHERE slug = ANY(slugs)
)
"""
PUBLICS = (
    'enfant,adolescent,jeune-majeur,adulte,senior,'
    'tous,femmes,hommes,victime,proche-temoin,'
    'auteur,professionnel,avec-enfants,enceinte,avec-animal,'
    'handicap,sourd-malentendant,lgbt,sans-titre-sejour,sans-domicile,'
    'sous-protection,confie-ase,situation-prostitution'
)
VIOLENCES = (
    'conjugales,intrafamiliales,enfants,covictimes,inceste,'
    'sexuelles,vss-travail,psychologiques,harcelement,harcelement-scolaire,'
    'cyberviolences,exploitation-sexuelle-mineurs,prostitution-adultes,proxenetisme-traite,maltraitance-majeurs,'
    'escroquerie,mariage-force,mutilations,discrimination,derives-sectaires,'
    'autre-infraction'
)
PROVISIONS = (
    'ecoute,accueil,information-juridique,accompagnement-social,ecoute-psy,'
    'suivi-psy,accompagnement-plainte,recueil-plainte,examen-medico-legal,soins,'
    'evaluation-danger,evaluation-ip,audition-mineur,mise-a-l-abri,hebergement,'
    'hygiene-repos,groupe-parole,parentalite,prise-en-charge-auteur,sortie-prostitution,'
    'aller-vers,interpretariat,etayage-pros,formation-pros'
)


def mask_of(column, numbered):
    return migrations.RunSQL(
        MASK_OF.format(column=column, numbered=numbered), f'DROP FUNCTION search_{column}_mask_of(varchar[])'
    )


MASKS = {'publics': 'publics', 'focus': 'publics', 'violences': 'violences', 'provisions': 'provisions'}

# One statement: the table is written again once.
ADDED = ', '.join(
    f'ADD COLUMN {column}_mask bigint GENERATED ALWAYS AS (search_{values}_mask_of({column})) STORED'
    for column, values in MASKS.items()
)
DROPPED = ', '.join(f'DROP COLUMN {column}_mask' for column in MASKS)


def mask(column, values):
    return migrations.AddField(
        model_name='searchentry',
        name=f'{column}_mask',
        field=models.GeneratedField(
            db_persist=True,
            expression=django.db.models.expressions.Func(column, function=f'search_{values}_mask_of'),
            output_field=models.BigIntegerField(),
        ),
    )


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0007_cells'),
    ]

    operations = [
        mask_of('publics', PUBLICS),
        mask_of('violences', VIOLENCES),
        mask_of('provisions', PROVISIONS),
        migrations.RunSQL(
            f'ALTER TABLE search_searchentry {ADDED}',
            f'ALTER TABLE search_searchentry {DROPPED}',
            state_operations=[mask(column, values) for column, values in MASKS.items()],
        ),
    ]
