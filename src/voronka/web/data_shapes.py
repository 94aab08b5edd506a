"""What the routes of the data page answer with and take."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class StreamStateShown(_Shape):
    """A stream: what it becomes and what of it is loaded; times are local, null where there is none."""

    source: str
    stream: str
    into: str
    rows: int
    aside: int
    loads: int
    loaded_at: datetime | None
    last_event_at: datetime | date | None
    last_load: str
    remarks: list["RemarkedShown"]


class RemarkedShown(_Shape):
    """What is doubtful about a load whose records count; `file` as people called it, the time local."""

    load_id: str
    file: str
    loaded_at: datetime
    flags: list["FlagShown"]


class FlagShown(_Shape):
    """Something doubtful about rows that are in: the word for programs, the sentence, how many rows, the first."""

    code: str
    message: str
    rows: int
    first_rows: list[int]


class UploadShown(_Shape):
    """A file that was uploaded; size in bytes, the time local.

    `end` says that nothing can come of it, as it was last looked at: `refused` (with the sentence in `message`),
    `loaded` where its content is in the figures already, `undone` where a load of it was taken out of them; '' else.
    """

    upload_id: str
    name: str
    size: int
    uploaded_by: str
    uploaded_at: datetime
    end: Literal["", "refused", "loaded", "undone"] = ""
    message: str = ""


class JobShown(_Shape):
    """A job: what it is, how far it is, and what came of it; one that failed has what, where, do."""

    job_id: int
    kind: Literal["look", "load", "change", "let_go", "build"]
    state: Literal["waiting", "running", "done", "failed"]
    asked: dict[str, Any]
    progress: dict[str, Any]
    result: dict[str, Any]


class DataPageShown(_Shape):
    """What the data page opens with.

    `waiting` are uploaded files that were not loaded yet, `is_behind` says that loads were made after the last build,
    `fault` what is wrong with the files of sources ('' for nothing), `largest` the bytes that a file may have.
    """

    may_change: bool
    streams: list[StreamStateShown]
    waiting: list[UploadShown]
    jobs: list[JobShown]
    loads: int
    aside: int
    built_at: datetime | None
    is_behind: bool
    fault: str
    largest: int


class LoadShown(_Shape):
    """A line of the ledger; `files` are named as people called them, times are local.

    `is_built` says that the figures are as it says: they were built after it was made or changed.
    `mended` are loads that hold rows of this one that were mended: they count even where this one does not;
    `mended_out` are such loads that were taken out. `let_go` is how many rows put aside a person took off the list by
    this line, which has no files.
    """

    load_id: str
    source: str
    stream: str
    state: str
    is_built: bool
    loaded_at: datetime
    by: str
    files: list[str]
    rows: int
    good: int
    repeated: int
    aside: int
    deleted: int
    note: str
    flags: list[FlagShown]
    mended: list["MendingShown"]
    mended_out: list["MendingShown"]
    let_go: int


class MendingShown(_Shape):
    """A load that holds mended rows of another one."""

    load_id: str
    file: str
    rows: int


class LoadsShown(_Shape):
    """A page of the ledger, the newest first."""

    rows: list[LoadShown]
    total: int
    limit: int
    offset: int


class AsideRowShown(_Shape):
    """A row put aside, with what stood in it."""

    load_id: str
    source: str
    stream: str
    file: str
    row_number: int
    key: str | None
    reason: str
    message: str
    cells: dict[str, Any] | None
    text: str


class ReasonShown(_Shape):
    """How many rows of a load were put aside for one reason."""

    load_id: str
    source: str
    stream: str
    file: str
    reason: str
    rows: int
    message: str


class SettledShown(_Shape):
    """Rows of a file that were put aside and are no more: a later load (`by_file`) has their records, by `by`, at `at`.

    `is_let_go`: no load has them, a person took them off the list; `is_mended`: that load is of the rows mended.
    """

    file: str
    rows: int
    by_load: str
    by_file: str
    by: str
    at: datetime
    is_let_go: bool
    is_mended: bool


class AsideShown(_Shape):
    """A page of the rows put aside as of the last build, and how many of each kind there are."""

    rows: list[AsideRowShown]
    reasons: list[ReasonShown]
    settled: list[SettledShown]
    total: int
    limit: int
    offset: int


class CheckShown(_Shape):
    """What one check found among one kind of record; `share` is percent of those looked at."""

    check: str
    title: str
    severity: str | None
    entity: str
    records: int
    share: float | None
    most: str | None
    most_records: int | None
    meaning: str | None
    action: str | None


class CheckPersonShown(_Shape):
    """How many records of one person a check found."""

    employee: str | None
    employee_id: str | None
    check: str
    title: str
    entity: str
    records: int


class NotMadeShown(_Shape):
    """A check that was not made, and what no source gives of what it needs.

    `lacks` are columns as `fct_deals.lead_id`, one a need; `a|b` is either of two, `@call` of that kind of record.
    """

    title: str
    lacks: list[str]


class ChecksShown(_Shape):
    """What the checks of the data found, the gravest first, and whose records they are."""

    checks: list[CheckShown]
    people: list[CheckPersonShown]
    not_made: list["NotMadeShown"]


class TableColumnShown(_Shape):
    """A column that a file's column can become, and how its text is read."""

    name: str
    reader: str


class TableShownForImport(_Shape):
    """A table that a file can be loaded into; `key` is the column that identifies a row, null where none does."""

    name: str
    key: str | None
    columns: list[TableColumnShown]


class WishGiven(_Shape):
    """What is wished of an uploaded file: see the parts of a mapping; what is empty is found out."""

    stream: str = Field("", max_length=200)
    into: str = Field("", max_length=60)
    columns: dict[str, str] | None = Field(None, max_length=2000)
    outcomes: dict[str, str] = Field(default_factory=dict, max_length=1000)
    order: list[str] = Field(default_factory=list, max_length=1000)
    source: str = Field("", max_length=60, pattern=r"^([a-z][a-z0-9_]*)?$")
    sheet: str = Field("", max_length=200)
    mended: bool = False
    dates: Literal["", "day_first", "month_first"] = ""
    repeats: Literal["", "add", "last"] = ""
    build: bool = True


class StateGiven(_Shape):
    """Whether a load counts."""

    state: Literal["active", "undone"]
    with_mended: bool = False


class LetGoGiven(_Shape):
    """Rows put aside that are not wanted: the load, and the reason (empty for all)."""

    load: str = Field(max_length=100)
    reason: str = Field("", max_length=100)
