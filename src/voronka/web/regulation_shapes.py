"""What the route of regulations answers with, for the API's description."""

from pydantic import BaseModel, ConfigDict

from voronka.web.shapes import AnswerShown, TableShown


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class UnregulatedShown(_Shape):
    """The open steps of a pipeline that no regulation binds."""

    pipeline: str
    steps: list[str]


class RegulationsShown(_Shape):
    """How each regulation is kept, what runs now (`open` of a row is its address in its own system), what is in force.

    `waiting` and `overdue` are how many run now; `live` lists the first of them.
    """

    kept: AnswerShown
    live: TableShown
    waiting: int
    overdue: int
    in_force: TableShown
    unregulated: list[UnregulatedShown]
