"""Says whether a company's folder and settings are fit to be served to people every day."""

import shutil
import stat
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

from voronka.lake.session import Limits
from voronka.operations import FILE as DATABASE
from voronka.pipeline.examining import Finding
from voronka.settings import Settings

LEAST_MEMORY = 192 * 2**20
"""The bytes below which a process that answers would do little but write to disk."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def deployment_found(folder: Path, settings: Settings, lake: str) -> list[Finding]:
    """Return what an installation for people needs: memory for the workers, disk, privacy, a way by HTTPS."""
    return [*_of_serving(settings), *_of_memory(settings), *_of_database(folder), *_of_disk(folder / lake)]


def is_reachable_from_outside(host: str) -> bool:
    """Say whether an address to listen on can be reached from other machines."""
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


def _of_serving(settings: Settings) -> Iterator[Finding]:
    web = settings.web
    if is_reachable_from_outside(web.host) and not web.public_url:
        said = f"{web.host} is reachable without HTTPS: put a proxy before it and name its address in web.public_url"
        yield Finding("serving", "note", said)
    elif web.public_url.startswith("http:"):
        yield Finding("serving", "note", "web.public_url is not https: passwords and cookies travel unencrypted")
    else:
        yield Finding("serving", "ok", web.public_url or f"{web.host}:{web.port}")


def _of_memory(settings: Settings) -> Iterator[Finding]:
    workers = settings.web.workers
    each = Limits(settings.engine.memory_limit, sharers=workers).bytes_each()
    is_enough = workers == 1 or each >= LEAST_MEMORY
    said = f"{workers} worker{'s' if workers > 1 else ''} with {each // 2**20} MB each; a load or a build beside them"
    too_little = f"{said}: give fewer workers, or more in engine.memory_limit"
    yield Finding("memory", "ok" if is_enough else "wrong", said if is_enough else too_little)


def _of_database(folder: Path) -> Iterator[Finding]:
    path = folder / DATABASE
    if not path.is_file():
        return
    is_private = not path.stat().st_mode & _OTHERS
    said = "only its owner reads it" if is_private else "others on this machine may read who signs in: chmod 600 it"
    yield Finding(DATABASE, "ok" if is_private else "wrong", said)


def _of_disk(lake: Path) -> Iterator[Finding]:
    """Compare what is free with what the lake takes: a build writes the core anew before the old one goes."""
    if not lake.is_dir():
        return
    taken = sum(path.stat().st_size for path in lake.rglob("*.parquet") if path.is_file())
    free = shutil.disk_usage(lake).free
    said = f"{free / 1e9:,.1f} GB free, the lake takes {taken / 1e9:,.1f}"
    is_enough = free > taken
    yield Finding(
        "disk", "ok" if is_enough else "note", said if is_enough else f"{said}: a build may need as much again"
    )
