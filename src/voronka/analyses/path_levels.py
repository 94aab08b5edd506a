"""From which level of detail on each edge of a map is shown: so that a slider needs no new question."""

from collections.abc import Mapping

from voronka.analyses.path_map import END, START, PathMap, at_detail

ALWAYS = 0.0
"""The level of an edge that every step needs, to hang on its start and its end."""


def levels(whole: PathMap) -> Mapping[tuple[int, int], float]:
    """Return for each edge (source, target; START and END beside steps) the share above which it is shown, 0-1.

    `at_detail(whole, share)` shows the very edges whose level is below `share`, and those of level 0.
    """
    strengths = {(edge.source, edge.target): edge.cases for edge in whole.edges}
    strengths |= {(START, node.step): node.starts for node in whole.nodes if node.starts}
    strengths |= {(node.step, END): node.ends for node in whole.nodes if node.ends}
    total = sum(strengths.values())
    ordered = sorted(strengths.items(), key=lambda each: -each[1])
    found: dict[tuple[int, int], float] = {}
    stronger = passed = 0
    before = None
    for pair, strength in ordered:
        if strength != before:
            stronger, before = passed, strength
        passed += strength
        found[pair] = stronger / total
    return found | dict.fromkeys(_always(whole), ALWAYS)


def _always(whole: PathMap) -> set[tuple[int, int]]:
    least = at_detail(whole, 0)
    return {
        *((edge.source, edge.target) for edge in least.edges),
        *((START, step) for step in least.starts),
        *((step, END) for step in least.ends),
    }
