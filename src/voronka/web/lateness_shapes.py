"""What the route of why leads are late answers with, for the API's description."""

from pydantic import BaseModel, ConfigDict

from voronka.web.shapes import AskShown, TableShown


class LatenessShown(BaseModel):
    """Why the leads of the days judged are late: in words by language, verdicts by load, and the tables behind them.

    `asked` is the question of the leads judged: half a year at least, whatever the page's period.
    """

    model_config = ConfigDict(extra="forbid")

    said: dict[str, list[str]]
    verdicts: dict[str, str]
    asked: AskShown
    leads: int
    watched: int
    effects: TableShown
    parts: TableShown
    remains: TableShown
    queues: TableShown
    data_version: str
