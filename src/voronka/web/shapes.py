"""What the data routes answer with, for the API's description; the answers themselves are written out ready."""

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

Value: TypeAlias = str | int | float | bool | None
Row: TypeAlias = dict[str, Value]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WordsShown(_Shape):
    """A text in both languages."""

    ru: str
    en: str


class AskShown(_Shape):
    """A question: metrics, cuts, filters (ids or values; null is not given), days, both inside; null is all time."""

    metrics: list[str]
    by: list[str]
    where: dict[str, list[str | None]]
    from_: str | None = Field(alias="from")
    to: str | None
    compare: Literal["previous", "year"] | None


class ColumnShown(_Shape):
    """A column of an answer: what it is called, in what it is counted, whether more is better, by which variant."""

    name: str
    title: WordsShown
    unit: str
    kind: Literal["dimension", "metric"]
    better: Literal["up", "down"] | None
    variant: str | None
    since: str | None


class LeftOutShown(_Shape):
    """What a metric could not count, or why it is unknown."""

    metric: str
    reason: str
    rows: int


class AnswerShown(_Shape):
    """The answer to a question; totals come from the facts, not from the rows."""

    ask: AskShown
    columns: list[ColumnShown]
    rows: list[Row]
    totals: Row
    data_version: str
    as_of: str
    left_out: list[LeftOutShown]


class PartShown(_Shape):
    """One of the base metrics under a formula."""

    name: str
    title: WordsShown


class RecordColumnShown(_Shape):
    """A column of records."""

    name: str
    title: WordsShown
    kind: Literal["text", "time", "day", "money", "number", "seconds", "boolean"]


class RecordsShown(_Shape):
    """The rows behind a figure, a page of them; each has `id` and `open`, its address in its own system."""

    metric: str
    part: str
    parts: list[PartShown]
    entity: str
    columns: list[RecordColumnShown]
    rows: list[Row]
    total: int
    limit: int
    offset: int
    data_version: str


class TargetShown(_Shape):
    """The range a company would expect of a metric, and of what."""

    per: str
    from_: float | None = Field(alias="from")
    to: float | None


class VariantShown(_Shape):
    """One of the variants of a metric: in words, and as its file writes it."""

    name: str
    definition: WordsShown | None
    meaning: str


class MetricShown(_Shape):
    """A metric in force: what it means in words, its formula in titles, and what its file says."""

    name: str
    title: WordsShown
    question: WordsShown | None
    definition: WordsShown | None
    formula: WordsShown | None
    source: WordsShown | None
    unit: str
    better: Literal["up", "down"] | None
    verb: str
    meaning: str
    fact: str | None
    axis: str | None
    dimensions: list[str]
    variant: str | None
    variants: list[VariantShown]
    since: str | None
    target: TargetShown | None
    file: str
    additive: bool


class OpenedShown(_Shape):
    """Which records stand behind a finding."""

    metric: str
    ask: AskShown


class FindingShown(_Shape):
    """One sentence of the overview: its kind and figures; the words are the page's."""

    kind: str
    tone: Literal["good", "bad", "neutral"]
    values: dict[str, float | str | None]
    ask: AskShown | None
    open: OpenedShown | None


class PeriodShown(_Shape):
    """Days, both inside."""

    from_: str = Field(alias="from")
    to: str


class TilesShown(_Shape):
    """The large figures: until today, against the plans of the whole period (null under a channel), and their trend."""

    metrics: list[str]
    facts: AnswerShown
    plans: AnswerShown | None
    trend: AnswerShown
    grain: Literal["day", "week", "month"]


class WorkingDaysShown(_Shape):
    """Working days of the facts and of what they are compared with; null where the calendar does not hold them."""

    facts: int | None
    counted: int | None
    compared: int | None


class TableShown(_Shape):
    """An analysis' answer that no single question gives."""

    columns: list[ColumnShown]
    rows: list[Row]
    totals: Row


class PageShown(_Shape):
    """A page of blocks; `facts` is the period until today, null where it lies in the future.

    `counted` are its days that are known whole, as comparisons take them, null where none is. `data_until` is the last
    day, until today, on which anything happened in the data. `day_before` and `day_after` are the working days beside
    `day`; null where the next is later than today.
    """

    name: str
    period: PeriodShown
    facts: PeriodShown | None
    counted: PeriodShown | None
    compared: PeriodShown | None
    working_days: WorkingDaysShown
    data_until: str | None
    day: str
    day_is_working: bool
    day_before: str
    day_after: str | None
    today: str
    headline: FindingShown
    findings: list[FindingShown]
    blocks: dict[str, AnswerShown]
    lists: dict[str, RecordsShown]
    tables: dict[str, TableShown]


class OverviewShown(_Shape):
    """The overview; `facts` is the period until today, null where it lies in the future.

    `counted` are its days that are known whole, as comparisons take them, null where none is. `data_until` is the last
    day, until today, on which anything happened in the data. `day_before` and `day_after` are the working days beside
    `day`; null where the next is later than today.
    """

    period: PeriodShown
    facts: PeriodShown | None
    counted: PeriodShown | None
    compared: PeriodShown | None
    working_days: WorkingDaysShown
    data_until: str | None
    day: str
    day_is_working: bool
    day_before: str
    day_after: str | None
    today: str
    headline: FindingShown
    findings: list[FindingShown]
    tiles: TilesShown
    daily: AnswerShown
    activity: AnswerShown
    calls_by_hour: AnswerShown
    funnel: AnswerShown
    revenue_by_month: AnswerShown
    unanswered: AnswerShown
    longest_unanswered: RecordsShown
    without_task: AnswerShown
    largest_without_task: RecordsShown
