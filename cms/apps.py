from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Site")

    def ready(self) -> None:
        from django.core.checks import Tags
        from django.core.checks import register as register_check

        from cms.database_log import check_database_log
        from cms.page_source import PageSource
        from cms.tiles import check_tiles
        from directory.readings import register as register_readings
        from search.sources import register

        source = PageSource()
        register(source)
        register_readings(source.name, source.about)
        register_check(check_tiles)
        register_check(check_database_log, Tags.database)
