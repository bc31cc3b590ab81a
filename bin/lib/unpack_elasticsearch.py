"""unpack_elasticsearch.py ARCHIVE FOLDER: takes Elasticsearch, and nothing else, out of what carries it."""

import shutil
import sys
from pathlib import Path
from zipfile import ZipFile

SERVER, SCRIPT = "/elasticsearch/", "/bin/elasticsearch"


def main(archive: str, folder: str) -> None:
    target = Path(folder)
    with ZipFile(archive) as opened:
        for entry in opened.infolist():
            top, _, rest = entry.filename.partition("/")
            if entry.is_dir() or ".." in entry.filename:
                continue
            if f"/{rest}".startswith(SERVER):
                path = target / rest.removeprefix(SERVER.lstrip("/"))
            elif f"/{rest}" == SCRIPT:
                path = target / "bin" / "elasticsearch"
            else:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            with opened.open(entry) as source, path.open("wb") as copy:
                shutil.copyfileobj(source, copy)
    # Modes are left out on purpose for lib/tools/server-launcher/server-launcher: the archive carries the
    # program of another processor, and as long as it cannot be run the Java launcher is taken.
    for script in (target / "bin").iterdir():
        script.chmod(0o755)


if __name__ == "__main__":
    main(*sys.argv[1:])
