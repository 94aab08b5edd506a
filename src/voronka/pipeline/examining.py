"""Says how a company's files, its lake and its last build are."""

from collections.abc import Sequence
from dataclasses import dataclass

from voronka.lake.manifest import read_manifest
from voronka.pipeline.building import is_stale
from voronka.pipeline.workplace import Workplace


@dataclass(frozen=True)
class Finding:
    """One thing that was examined: `state` is ok, note or wrong."""

    what: str
    state: str
    detail: str


def examine(work: Workplace, additive_metrics: Sequence[str]) -> list[Finding]:
    """Return what was found, one line a subject; `additive_metrics` as a build takes them."""
    loads = work.ledger.loads()
    manifest = read_manifest(work.store, work.session)
    active = sum(load.is_active for load in loads)
    built = (
        f"built {manifest.at[:16].replace('T', ' ')} UTC, {len(manifest.versions)} tables"
        if manifest.build
        else "never built"
    )
    is_behind = bool(manifest.build) and is_stale(work, additive_metrics)
    streams = sum(len(source.streams) for source in work.sources.values())
    return [
        Finding("company", "ok", str(work.folder)),
        Finding(
            "sources",
            "ok" if streams else "note",
            f"{_counted(len(work.sources), 'source')}, {_counted(streams, 'stream')}",
        ),
        Finding(
            "pipelines", "ok" if work.pipelines else "note", ", ".join(p.pipeline for p in work.pipelines) or "none"
        ),
        Finding("loads", "ok" if active else "note", f"{active} active of {len(loads)}"),
        Finding(
            "core",
            "note" if is_behind or not manifest.build else "ok",
            built + (": behind the loads and settings, run voronka build" if is_behind else ""),
        ),
    ]


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")
