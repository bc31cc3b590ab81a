"""Titles of blocks in a page: levels without a jump."""

import pytest

from cms.outline import without_jumps


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<h2>A</h2><h3>B</h3>", "<h2>A</h2><h3>B</h3>"),
        (
            "<h3>A</h3><h4>B</h4><h3>C</h3>",
            '<h2 class="m-h3">A</h2><h3 class="m-h4">B</h3><h2 class="m-h3">C</h2>',
        ),
        ("<h3>A</h3><h2>B</h2><h3>C</h3>", '<h2 class="m-h3">A</h2><h2>B</h2><h3>C</h3>'),
        ('<h2>A</h2><h4 class="m-h4">B</h4>', '<h2>A</h2><h3 class="m-h4 m-h4">B</h3>'),
        ("<p>no title</p>", "<p>no title</p>"),
    ],
)
def test_a_title_under_nothing_rises_and_keeps_its_size(written: str, shown: str) -> None:
    assert without_jumps(written) == shown
