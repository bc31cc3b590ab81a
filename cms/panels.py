"""A panel of the page form that says what to look at before publishing."""

from typing import Any

from wagtail.admin.panels import Panel


class ChecksPanel(Panel):
    """Of the page as it was last saved; nothing for one that is being made."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/admin/checks.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from cms.checks import findings_of  # which asks the directory; the forms are made at start-up

            return super().get_context_data(parent_context) | {"findings": findings_of(self.instance)}
