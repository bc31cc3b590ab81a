"""Answers as a reader may read them, and what they tell."""

import json
import re
from urllib.parse import unquote

from django.http import HttpResponse

from tests.cms.paper_tools import words_of
from tests.leaking.corpus import Corpus, without_case


def readable(response: HttpResponse) -> str:
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    text = words_of(raw) + repr(raw) if raw.startswith(b"%PDF") else raw.decode("utf-8", errors="replace")
    # \u00e9 of JSON, &#x27; of HTML and %C3%A9 of addresses are the same letters to a reader.
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found.group(1), 16)), text)
    text = text.replace("&#x27;", "'").replace("&nbsp;", " ").replace("\xa0", " ").replace("\u202f", " ")
    headers = json.dumps(dict(response.items()), ensure_ascii=False)
    return unquote(text) + "\n" + unquote(headers)


def leaks_in(corpus: Corpus, viewer: str, label: str, response: HttpResponse, typed: str = "") -> list[str]:
    """What `viewer` reads there that must be hidden from them, each with what is around it."""
    said = readable(response)
    in_admin = "/gestion/" in label
    if typed:
        said = re.sub(re.escape(typed), "", said, flags=re.IGNORECASE)
    found = []
    folded = without_case(said)
    for secret in corpus.secrets:
        if not secret.is_for(viewer, in_admin) and (hit := secret.found_in(said, folded)):
            around = said[max(0, hit.start() - 60) : hit.end() + 60].replace("\n", " ")
            found.append(f"{viewer}: {label} [{response.status_code}] tells « {secret.label} »: …{around}…")
    return found
