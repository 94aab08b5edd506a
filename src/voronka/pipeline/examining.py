"""Says how a company's files, its lake and its last build are."""

import glob
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from voronka.domain.errors import SettingsError, VoronkaError, did_you_mean
from voronka.lake.manifest import read_manifest
from voronka.lake.raw import SERVICE, header_of, raw_table
from voronka.metrics.catalogue import Catalogue
from voronka.pipeline.building import is_stale
from voronka.pipeline.proposing import source_file
from voronka.pipeline.workplace import Workplace
from voronka.settings import FILE, Settings
from voronka.transform.mapping import compile_mapping
from voronka.transform.sources import Source


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
    built = f"built {_local(manifest.at, work)}, {len(manifest.versions)} tables" if manifest.build else "never built"
    is_behind = bool(manifest.build) and is_stale(work, additive_metrics)
    streams = sum(len(source.streams) for source in work.sources.values())
    return [
        Finding("company", "ok", str(work.folder)),
        Finding(
            "sources",
            "ok" if streams else "note",
            f"{_counted(len(work.sources), 'source')}, {_counted(streams, 'stream')}",
        ),
        *_of_streams(work),
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


def installed(*packages: str) -> list[Finding]:
    """Return the version of each package."""
    return [_installed(package) for package in packages]


def definitions_found(known: Catalogue) -> Finding:
    """Return how many metrics are in force, and what is wrong with a company's own."""
    own = sum(len(subject.names) for subject in known.own_subjects())
    told = f"{len(known.names)} in force, {own} of them own"
    return Finding("metrics", "wrong" if known.notice else "ok", known.notice or told)


def check_roles(settings: Settings, known: Catalogue) -> None:
    """Refuse a role that is shown a metric nobody defines: a SettingsError names it and the nearest."""
    for code, role in settings.roles.items():
        for key, name in [*(("metrics", name) for name in role.metrics), *(("result", name) for name in [role.result])]:
            if name and name not in known.names:
                what = f"`roles.{code}.{key}`: no metric is named {name}"
                raise SettingsError(what, where=FILE, do=did_you_mean(name, known.names))


def mapping_fault(work: Workplace, source: Source, name: str) -> VoronkaError | None:
    """Return why the mapping of a stream cannot read the rows that are loaded, None where it can or there are none."""
    table = work.store.read(raw_table(source.source, name))
    if table is None:
        return None
    headers = [header_of(column) for column, _ in table.columns if column not in SERVICE]
    try:
        compile_mapping(source, name, headers, work.settings.time_zone)
    except VoronkaError as fault:
        file = source_file(work.folder, source.source).relative_to(work.folder).as_posix()
        return type(fault)(fault.what, where=f"{file}: {fault.where}", do=fault.do)
    return None


def _installed(package: str) -> Finding:
    try:
        return Finding(package, "ok", version(package))
    except PackageNotFoundError:
        return Finding(package, "note", "run from its source folder, not installed")


def _of_streams(work: Workplace) -> Iterator[Finding]:
    for source in work.sources.values():
        for name, stream in source.streams.items():
            broken = mapping_fault(work, source, name)
            if broken is not None:
                yield Finding(f"{source.source}.{name}", "wrong", broken.sentence())
            if not _has_files(work.folder, stream.path):
                yield Finding(f"{source.source}.{name}", "note", f"no file matches the path {stream.path}")


def _has_files(folder: Path, pattern: str) -> bool:
    anchored = str(Path(glob.escape(str(folder))) / pattern)
    hits = glob.iglob(anchored, recursive=True)  # noqa: PTH207 - Path.glob refuses absolute patterns
    return (folder / pattern).is_file() or any(Path(hit).is_file() for hit in hits)


def _local(at: str, work: Workplace) -> str:
    return f"{datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone(work.settings.zone()):%Y-%m-%d %H:%M}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")
