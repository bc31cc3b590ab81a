"""Documents of office suites, and the photos inside them, without their authors, days and places."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

OFFICE = frozenset({"docx", "xlsx", "pptx", "odt", "ods", "odp"})
_MOST_BYTES = 200_000_000  # of what a document holds, unpacked

_PROPERTIES = re.compile(r"docProps/.*|meta\.xml|Thumbnails/.*|customXml/.*")
_EMPTY = {
    "docProps/core.xml": (
        '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp='
        '"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    ),
    "docProps/app.xml": (
        '<?xml version="1.0" encoding="UTF-8"?><Properties xmlns='
        '"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
    ),
    "docProps/custom.xml": (
        '<?xml version="1.0" encoding="UTF-8"?><Properties xmlns='
        '"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
    ),
    "meta.xml": (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office='
        '"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/>'
        "</office:document-meta>"
    ),
}
# Who wrote, corrected or commented, and when; in the texts, in their notes and in the lists of people.
_AUTHORS = (
    (re.compile(rb"(<(?:\w+:)?(?:author|creator|creator-initials)>)[^<]*"), rb"\1"),
    (re.compile(rb"<(dc:date|meta:date-string)>[^<]*</\1>"), b""),
    (re.compile(rb' (w\w*:(?:author|initials|userId))="[^"]*"'), rb' \1=""'),
    (re.compile(rb' w\w*:date(?:Utc)?="[^"]*"'), b""),
)
_PEOPLE = re.compile(r"ppt/(?:commentAuthors|authors)\.xml|xl/persons/.*\.xml")
_PERSON = re.compile(rb' (name|displayName|initials|userId|providerId)="[^"]*"')
_PARTS = re.compile(rb"<(?:Relationship|Override|manifest:file-entry) [^>]*/>")
_PATH = re.compile(rb'(?:Target|PartName|manifest:full-path)="([^"]*)"')


def bare_office(content: bytes, suffix: str) -> bytes:
    """ValueError or BadZipFile when it is no such document."""
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(kept, "w") as target:
        _refuse_others(source, suffix)
        for entry, data in _parts(source):
            plain = zipfile.ZipInfo(entry.filename)  # of 1980, as every file without a date
            plain.compress_type = entry.compress_type
            target.writestr(plain, data)
    return kept.getvalue()


def _refuse_others(source: zipfile.ZipFile, suffix: str) -> None:
    sign = "mimetype" if suffix.startswith("od") else "[Content_Types].xml"
    if sign not in source.namelist():
        raise ValueError("not a document")
    if sum(entry.file_size for entry in source.infolist()) > _MOST_BYTES:
        raise ValueError("too large")


def _parts(source: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    gone = {name for name in source.namelist() if _PROPERTIES.fullmatch(name) and name not in _EMPTY}
    for entry in source.infolist():
        if entry.filename not in gone:
            held = _EMPTY.get(entry.filename)
            yield entry, held.encode() if held else _bare(entry.filename, source.read(entry), gone)


def _bare(name: str, data: bytes, gone: set[str]) -> bytes:
    if name.lower().endswith((".jpg", ".jpeg")):
        return bare_jpeg(data)
    if not name.endswith((".xml", ".rels")):
        return data
    for pattern, instead in _AUTHORS:
        data = pattern.sub(instead, data)
    if _PEOPLE.fullmatch(name):
        data = _PERSON.sub(rb' \1=""', data)
    return _PARTS.sub(lambda hit: b"" if _points_to(hit.group(0), gone) else hit.group(0), data)


def _points_to(part: bytes, gone: set[str]) -> bool:
    """A part that names what is not there any more makes a text processor offer to repair the file."""
    found = _PATH.search(part)
    path = found.group(1).decode().lstrip("./") if found else ""
    return path in gone


def bare_jpeg(content: bytes) -> bytes:
    """The same picture without what tells: EXIF, XMP, IPTC, comments. What is no JPEG comes back as it is."""
    if content[:2] != b"\xff\xd8":
        return content
    kept, place = bytearray(content[:2]), 2
    while content[place : place + 1] == b"\xff" and content[place + 1] != 0xDA:
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        if content[place + 1] not in (0xE1, 0xED, 0xFE):
            kept += content[place:end]
        place = end
    return bytes(kept + content[place:])
