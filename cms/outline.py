"""The titles of blocks, without a jump between levels: one that stands under nothing rises, its size kept."""

import re

_TITLE = re.compile(r"<(/?)h([2-6])\b([^>]*)>")
_CLASS = re.compile(r'class="')


def without_jumps(html: str, above: int = 1) -> str:
    """`above`: the level of the title over all of it. A raised <h3> becomes <h2 class="m-h3">."""
    open_titles: list[tuple[int, int]] = []  # level as written, level as shown

    def shown(hit: re.Match[str]) -> str:
        is_end, written, attributes = hit.group(1), int(hit.group(2)), hit.group(3)
        if is_end:
            return f"</h{open_titles[-1][1] if open_titles else written}>"
        while open_titles and open_titles[-1][0] >= written:
            open_titles.pop()
        level = (open_titles[-1][1] if open_titles else above) + 1
        open_titles.append((written, level))
        if level == written:
            return hit.group(0)
        return f"<h{level}{_with_class(attributes, f'm-h{written}')}>"

    return _TITLE.sub(shown, html)


def _with_class(attributes: str, name: str) -> str:
    if _CLASS.search(attributes):
        return _CLASS.sub(f'class="{name} ', attributes, count=1)
    return f'{attributes} class="{name}"'
