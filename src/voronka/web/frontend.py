"""The built pages: files of static/, compressed beside, kept by browsers as long as they may be."""

from hashlib import sha256
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from voronka.web.rendered import accepts_gzip

STATIC = Path(__file__).parent / "static"
_FOREVER = "public, max-age=31536000, immutable"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
    ".map": "application/json",
}
_NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Voronka</title>
<h1>The pages are not built yet</h1>
<p>Run <code>make</code> in Voronka's folder once, then open this page again. The figures are there already:
<code>voronka query</code> answers on the command line.</p>
<h1 lang="ru">Страницы ещё не собраны</h1>
<p lang="ru">Выполните <code>make</code> в папке Voronka и откройте эту страницу снова. Цифры уже доступны в командной
строке: <code>voronka query</code>.</p>
</html>
"""


def page(request: Request, path: str, static: Path = STATIC) -> Response:
    """Return a file of the front end; its first page for every other path, since the pages' addresses are its own."""
    if not (static / "index.html").is_file():
        return HTMLResponse(_NOT_BUILT, 503, headers={"Cache-Control": "no-store"})
    file = _inside(static, path)
    if path.startswith("assets/"):
        return Response(status_code=404) if file is None else _sent(request, file, {"Cache-Control": _FOREVER})
    return _checked(request, file or static / "index.html")


def _inside(static: Path, path: str) -> Path | None:
    """Return the file of this path, None where there is none or it lies elsewhere."""
    if "\0" in path or path.endswith(".gz"):
        return None
    found = (static / path).resolve()
    return found if found.is_relative_to(static.resolve()) and found.is_file() else None


def _checked(request: Request, file: Path) -> Response:
    """Return a file whose name stays when its contents change: asked for each time, sent only when it changed."""
    etag = f'"{sha256(file.read_bytes()).hexdigest()[:32]}"'
    headers = {"Cache-Control": "no-cache", "ETag": etag}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return _sent(request, file, headers)


def _sent(request: Request, file: Path, headers: dict[str, str]) -> Response:
    kind = _TYPES.get(file.suffix, "application/octet-stream")
    packed = file.with_name(f"{file.name}.gz")
    headers = {**headers, "Vary": "Accept-Encoding"}
    if packed.is_file() and accepts_gzip(request.headers.get("accept-encoding", "")):
        return Response(packed.read_bytes(), media_type=kind, headers={**headers, "Content-Encoding": "gzip"})
    return Response(file.read_bytes(), media_type=kind, headers=headers)
