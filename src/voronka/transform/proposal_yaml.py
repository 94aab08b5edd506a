"""Writes a proposal as YAML that a person can read and correct: the reasons stand beside the lines as comments."""

import re
from collections.abc import Iterable

import yaml

from voronka.transform.proposal import IgnoredHeader, Proposal
from voronka.transform.stage_words import StageGuess

_TITLES = {"deals": "{ ru: Продажи, en: Sales }", "leads": "{ ru: Лиды, en: Leads }"}
_LONGEST = 40
"""Characters of a sample value in a comment."""


def to_source_yaml(proposal: Proposal, source: str, path: str) -> str:
    """Return the whole file of a source with this one stream."""
    head = [f"source: {source}", "connector: files", "streams:"]
    return "\n".join([*head, *stream_lines(proposal, path)]) + "\n"


def stream_lines(proposal: Proposal, path: str, indent: int = 2, stream: str | None = None) -> list[str]:
    """Return the lines of the stream alone, its name indented by `indent` spaces."""
    inner = [f"path: {scalar(path)}"]
    if proposal.sheet:
        inner.append(f"sheet: {scalar(proposal.sheet)}")
    read = {"time_zone": proposal.time_zone or "auto", "dates": proposal.dates}
    if told := ", ".join(f"{name}: {scalar(value)}" for name, value in read.items() if value != "auto"):
        inner.append(f"read: {{ {told} }}")
    inner += _commented([(f"into: {proposal.into}", proposal.into_reason), *_key(proposal)])
    inner.append("columns:  # ours: theirs" if proposal.columns else "columns: {}  # nothing was recognised")
    inner += _indented(_commented([(f"{c.ours}: {scalar(c.theirs)}", c.reason) for c in proposal.columns]), 2)
    inner += _ignored_lines(proposal.ignored)
    if proposal.values:
        inner.append("values:")
        for value in proposal.values:
            said = ", ".join(f"{scalar(k)}: {scalar(v)}" for k, v in value.meanings.items())
            inner += [f"  # {_comment(value.reason)}", f"  {value.ours}: {{ {said} }}"]
    if proposal.nulls:
        words = ", ".join(f"«{n.text}» in {n.cells:,} cells" for n in proposal.nulls)
        listed = ", ".join(scalar(text) for text in ("", *(n.text for n in proposal.nulls)))
        inner.append(f"nulls: [{listed}]  # {_comment(words)}")
    inner += [f"# ! {_comment(warning)}" for warning in proposal.warnings]
    return [" " * indent + f"{stream or proposal.stream}:", *_indented(inner, indent + 2)]


def to_pipeline_yaml(proposal: Proposal, source: str, name: str | None = None) -> str:
    """Return the file of the pipeline that the stages make; `name` by default that of `pipeline_name`."""
    head = [
        f"pipeline: {name or pipeline_name(proposal)}",
        f"title: {_TITLES.get(proposal.into, scalar(proposal.into))}",
        f"entity: {proposal.into}",
        f"match: {{ source: {source} }}",
        "# In order, as far as the names tell it: move the lines where your sales go another way.",
        "stages:",
    ]
    return "\n".join([*head, *stage_lines(proposal.stages)]) + "\n"


def stage_lines(stages: Iterable[StageGuess], indent: int = 2) -> list[str]:
    """Return the lines of a pipeline's stages."""
    return _indented(_commented([(_stage(stage), f"{stage.rows:,} rows{_doubt(stage)}") for stage in stages]), indent)


def pipeline_name(proposal: Proposal) -> str:
    """Return the name of the pipeline that a proposal's stages make."""
    return {"deals": "sales"}.get(proposal.into, proposal.into)


def scalar(value: str | bool) -> str:  # noqa: FBT001 - a value of YAML, no switch
    """Return a value as one YAML word, in quotes where it needs them."""
    if isinstance(value, bool):
        return str(value).lower()
    if value == "" or re.search(r"[\[\]{},#]|: ", value):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
    text = yaml.safe_dump(value, allow_unicode=True, width=10**6, default_flow_style=True)
    return text.removesuffix("\n").removesuffix("\n...")


def _key(proposal: Proposal) -> list[tuple[str, str]]:
    if proposal.key is None:
        return []
    if len(proposal.key) > 1:
        return [(f"key: [{', '.join(scalar(header) for header in proposal.key)}]", proposal.key_reason)]
    return [(f"key: {scalar(proposal.key[0]) if proposal.key else 'auto'}", proposal.key_reason)]


def _ignored_lines(ignored: Iterable[IgnoredHeader]) -> list[str]:
    lines = [
        f"#   {_comment(item.header)}: {_comment(item.reason or ', '.join(_short(text) for text in item.samples))}"
        for item in ignored
    ]
    return ["# not mapped:", *lines] if lines else []


def _stage(stage: StageGuess) -> str:
    parts = [f"id: {scalar(stage.text)}"]
    if stage.outcome != "open":
        parts.append(f"outcome: {stage.outcome}")
    if stage.milestone:
        parts.append(f"milestone: {stage.milestone}")
    return f"- {{ {', '.join(parts)} }}"


def _doubt(stage: StageGuess) -> str:
    if stage.is_known:
        return ""
    return (
        "; not a known word: open?" if stage.outcome == "open" else "; not a known word, all have a closing date: lost?"
    )


def _commented(pairs: Iterable[tuple[str, str]]) -> list[str]:
    rows = list(pairs)
    width = min(max((len(text) for text, _ in rows), default=0), 48)
    return [f"{text.ljust(width)}  # {_comment(reason)}" if reason else text for text, reason in rows]


def _indented(lines: Iterable[str], spaces: int) -> list[str]:
    return [" " * spaces + line for line in lines]


def _comment(text: str) -> str:
    """Return a text fit for a comment: one line, printable."""
    return "".join(char if char.isprintable() else " " for char in text)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."
