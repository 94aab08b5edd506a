"""Build: the core from all loads that count."""

from collections.abc import Callable, Collection, Sequence

from voronka.pipeline.workplace import Workplace
from voronka.transform.configured import BuildInputs
from voronka.transform.runner import Build, Built
from voronka.transform.staging import StreamLoads

Progress = Callable[[str, int, int], None]


def _untold(_name: str, _done: int, _all: int) -> None:
    """Tell nobody how far a build is."""


def build_core(
    work: Workplace,
    additive_metrics: Sequence[str],
    progress: Progress = _untold,
    only: Collection[str] = (),
) -> list[Built]:
    """Build what is stale of the core and make it visible at once; plans of `additive_metrics` are cut to days.

    only: the tables to be built, with what they are made of; none for all. Others are not visible then.
    """
    return _build(work, additive_metrics, progress, only).run()


def is_stale(work: Workplace, additive_metrics: Sequence[str]) -> bool:
    """Say whether a build would change anything: loads, mappings, pipelines or settings changed since the last one."""
    return bool(_build(work, additive_metrics).stale())


def provide(work: Workplace, *names: str) -> None:
    """Make staging, intermediate and built tables readable in the workplace's session; nothing is built."""
    _build(work, ()).provide(*names)


def _build(
    work: Workplace, additive_metrics: Sequence[str], progress: Progress = _untold, only: Collection[str] = ()
) -> Build:
    loads = [load for load in work.ledger.loads() if load.is_active]
    streams = [
        StreamLoads(source, name, tuple(x for x in loads if (x.source, x.stream) == (source.source, name)))
        for source in work.sources.values()
        for name in source.streams
    ]
    now = work.clock()
    inputs = BuildInputs(work.settings, streams, work.pipelines, additive_metrics, now.year + 2)
    return Build(work.store, work.session, inputs, lambda: work.clock().isoformat(), progress, only)
