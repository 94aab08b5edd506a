"""Makes a company's folder."""

from collections.abc import Mapping
from pathlib import Path

from voronka.domain.documents import parse_toml
from voronka.domain.errors import SettingsError
from voronka.settings import FILE, Settings, template


def found_company(folder: str, values: Mapping[str, object]) -> list[Path]:
    """Make a company's folder and return what was made; what is already there is left as it is."""
    root = Path(folder).expanduser().absolute()
    path = root / FILE
    if path.exists():
        raise SettingsError(
            "this folder is a company's already", where=str(path), do="Edit the file, or name another folder"
        )
    parse_toml(template(values), Settings, FILE)
    made = []
    for name in ("", "sources", "pipelines", "metrics", "exports"):
        place = root / name
        if not place.is_dir():
            place.mkdir(parents=True)
            made.append(place)
    path.write_text(template(values), encoding="utf-8")
    ignore = root / ".gitignore"
    if not ignore.exists():
        ignore.write_text("lake/\napp.db\nexports/\n", encoding="utf-8")
        made.append(ignore)
    return [*made, path]
