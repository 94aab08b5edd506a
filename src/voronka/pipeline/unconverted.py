"""Tells which money about to be loaded stays unknown: it is in another currency than the company's, without a rate."""

from voronka.domain.flags import FIRST_ROWS, Flag
from voronka.pipeline.taking import VALUES, Incoming
from voronka.pipeline.workplace import Workplace
from voronka.transform.staging import Staging, StreamLoads

NO_RATE = "no_exchange_rate"
_MONEY = ("amount", "cost", "margin", "price")


def without_rate(work: Workplace, incoming: Incoming) -> tuple[Flag, ...]:
    """Return a flag for each currency of the rows in the session that is not the company's and has no rate loaded."""
    mapping, home = incoming.mapping, work.settings.currency
    cell = mapping.cells.get("currency")
    if cell is None or not any(ours in mapping.cells for ours in _MONEY):
        return ()
    rows = work.session.rows(
        f"SELECT upper({cell}) AS code, count(*) AS n, min(_row, {FIRST_ROWS}) AS first "
        f"FROM {VALUES} "
        "WHERE code IS NOT NULL AND _malformed IS NULL GROUP BY 1 ORDER BY n DESC, code"
    )
    foreign = [row for row in rows if row["code"] != home]
    known = _with_rates(work) if foreign else set()
    return tuple(
        Flag(
            NO_RATE,
            f"no exchange rate is loaded for {row['code']}: its amounts stay unknown in {home}, a dash. Load a table "
            "of rates (day, currency, rate)",
            row["n"],
            tuple(row["first"]),
        )
        for row in foreign
        if row["code"] not in known
    )


def _with_rates(work: Workplace) -> set[str]:
    loads = [load for load in work.ledger.loads() if load.is_active]
    streams = [
        StreamLoads(source, name, mine)
        for source in work.sources.values()
        for name, stream in source.streams.items()
        if stream.into == "rates"
        and (mine := tuple(load for load in loads if (load.source, load.stream) == (source.source, name)))
    ]
    if not streams:
        return set()
    staging = Staging(work.store, work.session, streams, work.settings.time_zone)
    rows = work.session.rows(f"SELECT DISTINCT upper(currency) AS code FROM ({staging.select('stg_rates')})")
    return {row["code"] for row in rows}
