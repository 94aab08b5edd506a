"""People of a role by each of its rates and means, as sure as they are and on the role's mix of leads.

Which figures these are the settings say: of the role's metrics every share, every mean and, per worked day, every sum
of money; beside them always the win rate and the average deal, where anybody has any.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from voronka.analyses.alike import Moments
from voronka.analyses.chance_exact import holm
from voronka.analyses.peers import Comparison, Peer, compare_means, compare_shares
from voronka.analyses.presence import Person
from voronka.analyses.standardised import NOTHING, Cells, Count, Key
from voronka.analyses.standing import ERROR, per_day
from voronka.metrics.answer import AnswerColumn, Row
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.definition import Metric
from voronka.metrics.dimensions import DIMENSIONS, Title
from voronka.metrics.expressions import Formula
from voronka.metrics.moments import COUNT, SQUARES, SUM
from voronka.metrics.question import Query
from voronka.metrics.reckoning import formula_reckoner
from voronka.reports.ask import Asker, known
from voronka.reports.page import Frame, Table

ALWAYS = ("win_rate", "average_deal")
FACTORS = ("temperature", "channel", "handed_by")
"""What is known of leads that makes them easy or hard, the most important first."""
POINTS = 40
_PERCENT = 100.0


@dataclass(frozen=True)
class ComparedRole:
    """A role whose people are compared: its code, what asks of it, what it is shown by, who held it."""

    frame: Frame
    asker: Asker
    code: str | None
    shown: Sequence[str]
    people: Mapping[str, Person]

    def tables(self) -> dict[str, Table]:
        """Return the tables by name: `rates:ROLE`, and for each figure `compared:` and `limits:ROLE:METRIC`."""
        found = self.comparisons()
        if not found:
            return {}
        tables = {f"rates:{self.code or ''}": self._rates(found)}
        for name, made in found.items():
            metric, scale = self.catalogue.metrics[name], self.scale(name)
            tables[f"compared:{self.code or ''}:{name}"] = self._people_table(metric, made, scale)
            tables[f"limits:{self.code or ''}:{name}"] = _limits_table(metric, made, scale)
        return tables

    def comparisons(self) -> dict[str, Comparison]:
        """Return by metric how people compare: shares of 0-1, means in the metric's unit, sums of money per day."""
        return {name: made for name in self._names() if (made := self._comparison(name))}

    @cached_property
    def catalogue(self) -> Catalogue:
        """Return the definitions in force for the data that there are."""
        return self.frame.metrics.settled()

    def _names(self) -> list[str]:
        known_names = [name for name in dict.fromkeys((*self.shown, *ALWAYS)) if name in self.catalogue.names]
        return [name for name in known_names if self.catalogue.metrics[name].better and not self.asker.lack(name)]

    @cached_property
    def held(self) -> Mapping[str, Person]:
        """Return who held the role on any day that counts."""
        return {key: person for key, person in self.people.items() if person.days_as(self.code)}

    def scale(self, name: str) -> float:
        """Return by what a comparison's figures are in the metric's unit."""
        return _PERCENT if self.catalogue.metrics[name].share else 1.0

    def _comparison(self, name: str) -> Comparison | None:
        metric = self.catalogue.metrics[name]
        is_up = metric.better == "up"
        if metric.share:
            return compare_shares(self._cells(metric), is_better_up=is_up)
        if metric.verb == "average" and metric.name + SUM in self.catalogue.metrics:
            return compare_means(self._moments(metric), is_better_up=is_up)
        if metric.unit == "money" and self.catalogue.is_flow(name):
            return compare_means(self._per_day(name), is_better_up=is_up)
        return None

    def _factors(self, name: str) -> tuple[str, ...]:
        cuts = self.catalogue.dimensions_of(name)
        return tuple(factor for factor in FACTORS if factor in cuts)

    def _asked(self, names: Sequence[str], by: Sequence[str] = ()) -> Iterator[Row]:
        """Return the rows of people of the role, whole figures by person and more."""
        asker = self.asker
        query = Query(
            metrics=tuple(names),
            scope=asker.scope,
            by=("employee", *by),
            where=asker.filters,
            period=self.frame.period,
            hidden=True,
        )
        return (row for row in asker.metrics.query(query).rows if row["employee_id"] in self.held)

    @cached_property
    def _counts(self) -> Mapping[tuple[str, ...], Sequence[Row]]:
        """Return the rows of what all shares are made of, by what tells their leads apart: a question for each."""
        parts: dict[tuple[str, ...], dict[str, None]] = {}
        for name in self._names():
            division = _division(self.catalogue.metrics[name])
            if division:
                names = (each for part in division for each in part.names)
                parts.setdefault(self._factors(name), {}).update(dict.fromkeys(names))
        return {factors: list(self._asked(list(names), factors)) for factors, names in parts.items()}

    def _cells(self, metric: Metric) -> Cells:
        division, factors = _division(metric), self._factors(metric.name)
        if division is None:
            return {}
        of, among = (formula_reckoner(part) for part in division)
        cells: dict[str, dict[Key, Count]] = {}
        for row in self._counts[factors]:
            came, tried = (part(lambda name, row=row: known(row[name])) for part in (of, among))  # type: ignore[misc]
            own, key = cells.setdefault(str(row["employee_id"]), {}), tuple(_member(row, factor) for factor in factors)
            own[key] = own.get(key, NOTHING) + Count(came or 0.0, tried or 0.0)
        return cells

    def _moments(self, metric: Metric) -> dict[str, Moments]:
        found = {}
        for row in self._asked([metric.name + part for part in (COUNT, SUM, SQUARES)]):
            count, whole, squares = (known(row[metric.name + part]) or 0.0 for part in (COUNT, SUM, SQUARES))
            if count > 1:
                spread = max(0.0, squares - whole**2 / count) / (count - 1)
                found[str(row["employee_id"])] = Moments(count, whole / count, spread**0.5)
        return found

    def _per_day(self, name: str) -> dict[str, Moments]:
        frame, figures = self.frame, dict[str, dict[str, float]]()
        course = self.asker.ask(name, by=["employee", frame.grain], period=frame.counted or frame.facts)
        if not course.total(name):
            return {}
        for row in course.answer.rows:
            if row[frame.grain] is not None:
                own = figures.setdefault(str(row["employee_id"]), {})
                own[str(row[frame.grain])] = known(row[name]) or 0.0
        made = {
            key: per_day(figures.get(key, {}), each.days_as(self.code), frame.grain) for key, each in self.held.items()
        }
        return {key: moments for key, moments in made.items() if moments}

    def _rates(self, found: Mapping[str, Comparison]) -> Table:
        """Return what is told of each figure in words; chances of so many tests at once are held together (Holm)."""
        tested = {name: made.tested for name, made in found.items() if made.tested}
        held = dict(zip(tested, holm([each.chance for each in tested.values()]), strict=True))
        rows: list[Row] = []
        for name, made in found.items():
            test, spread = made.tested, made.dispersion
            row: Row = {
                "role": self.code,
                "metric": name,
                "people": len(made.peers),
                "test": test.method if test else None,
                "chance": test.chance if test else None,
                "statistic": test.statistic if test else None,
                "freedom": test.freedom if test else None,
                "held": held.get(name),
                "differs": held[name] < ERROR if name in held else None,
                "phi": spread.phi if spread else None,
                "tau": spread.tau * self.scale(name) if spread else None,
                "is_over": spread.is_over if spread else None,
                "factors": ",".join(self._factors(name)) if any(peer.expected for peer in made.peers) else None,
            }
            rows.append(row)
        return Table(RATE_COLUMNS, tuple(rows))

    def _people_table(self, metric: Metric, made: Comparison, scale: float) -> Table:
        rows = tuple(self._person_row(metric, peer, scale) for peer in made.peers)
        is_per_day = scale == 1 and metric.verb != "average"
        columns = (*PERSON_COLUMNS, *_figure_columns(metric, is_per_day=is_per_day), *MIX_COLUMNS)
        return Table(columns, rows, {metric.name: made.centre * scale, "among": sum(peer.among for peer in made.peers)})

    def _person_row(self, metric: Metric, peer: Peer, scale: float) -> Row:
        expected = peer.expected
        row: Row = {
            "employee_id": peer.key,
            "employee": self.people[peer.key].name,
            "side": peer.side,
            "place_low": peer.places[0],
            "place_high": peer.places[1],
            "among": peer.among,
            metric.name: peer.value * scale,
            f"{metric.name}_low": peer.ends[0] * scale,
            f"{metric.name}_high": peer.ends[1] * scale,
            "expected": expected.share * scale if expected else None,
            "adjusted": peer.level * scale if expected else None,
            "adjusted_low": peer.level_ends[0] * scale if expected else None,
            "adjusted_high": peer.level_ends[1] * scale if expected else None,
            "estimate": peer.shrunk * scale,
            **dict.fromkeys(("mix_of", "mix_value", "mix_own", "mix_whole", "mix_share")),
        }
        mix = expected.mix if expected else None
        if mix:
            factor = self._factors(metric.name)[mix.place]
            row |= {"mix_of": factor, "mix_value": _name_of(mix.value), "mix_own": mix.own * _PERCENT}
            row |= {"mix_whole": mix.whole * _PERCENT, "mix_share": mix.share * _PERCENT}
        return row


def _division(metric: Metric) -> tuple[Formula, Formula] | None:
    """Return what of what a share is, None of any other metric."""
    return metric.formula.division() if metric.share and metric.formula else None


def _member(row: Row, factor: str) -> tuple[object, object]:
    """Return a member's id and name: of two of one name each is another."""
    return row[DIMENSIONS[factor].key], row[factor]


def _name_of(member: object) -> object:
    return member[1] if isinstance(member, tuple) else member


def _figure_columns(metric: Metric, *, is_per_day: bool) -> tuple[AnswerColumn, ...]:
    """Return the columns of a person's figure, called by the metric and in its unit."""
    title = metric.title
    if is_per_day:
        title = Title(f"{title.ru} в рабочий день", f"{title.en} per worked day")
    main = AnswerColumn(metric.name, title, metric.unit, "metric", metric.better, metric.variant, metric.since)
    low, high = (AnswerColumn(metric.name + end, words, metric.unit) for end, words in ENDS.items())
    beside = (replace(each, unit=metric.unit) for each in BESIDE)
    return (main, low, high, AMONG_PER_DAY if is_per_day else AMONG, *beside)


def _limits_table(metric: Metric, made: Comparison, scale: float) -> Table:
    """Return the limits of the funnel from the least to the most that anybody tried."""
    sizes = [peer.among for peer in made.peers]
    least, most = max(1.0, min(sizes) * 0.8), max(sizes) * 1.05
    steps = [least * (most / least) ** (step / (POINTS - 1)) for step in range(POINTS)]
    rows: list[Row] = []
    for among in dict.fromkeys(float(round(step)) for step in steps):
        limits = made.limits(among)
        row: Row = {
            "among": among,
            "far_low": limits.far_low * scale,
            "near_low": limits.near_low * scale,
            "near_high": limits.near_high * scale,
            "far_high": limits.far_high * scale,
        }
        rows.append(row)
    columns = (AMONG, *(replace(each, unit=metric.unit) for each in LIMIT_COLUMNS))
    return Table(columns, tuple(rows))


AMONG = AnswerColumn("among", Title("Из скольких", "Of how many"), "count")
AMONG_PER_DAY = AnswerColumn("among", Title("Дней, недель или месяцев", "Days, weeks or months"), "count")
ENDS = {"_low": Title("Не меньше", "At least"), "_high": Title("Не больше", "At most")}
BESIDE = (
    AnswerColumn("expected", Title("Ожидаемо по составу лидов", "Expected of the mix of leads")),
    AnswerColumn("adjusted", Title("С поправкой на состав", "Adjusted for the mix")),
    AnswerColumn("adjusted_low", Title("С поправкой, не меньше", "Adjusted, at least")),
    AnswerColumn("adjusted_high", Title("С поправкой, не больше", "Adjusted, at most")),
    AnswerColumn("estimate", Title("Оценка с учётом случая", "Estimate that allows for chance")),
)
PERSON_COLUMNS = (
    AnswerColumn("employee_id", Title("Менеджер, id", "Manager, id"), kind="dimension"),
    AnswerColumn("employee", Title("Менеджер", "Manager"), kind="dimension"),
    AnswerColumn("side", Title("Среди своей роли", "Among the role"), kind="dimension"),
    AnswerColumn("place_low", Title("Место от", "Place from"), "count"),
    AnswerColumn("place_high", Title("Место до", "Place to"), "count"),
)
MIX_COLUMNS = (
    AnswerColumn("mix_of", Title("Чем отличаются лиды", "What tells the leads apart"), kind="dimension"),
    AnswerColumn("mix_value", Title("Каких больше или меньше", "Which are more or fewer"), kind="dimension"),
    AnswerColumn("mix_own", Title("Доля таких лидов", "Share of such leads"), "percent"),
    AnswerColumn("mix_whole", Title("Доля таких лидов в роли", "Share of such leads in the role"), "percent"),
    AnswerColumn("mix_share", Title("Показатель роли на таких лидах", "The role's figure on such leads"), "percent"),
)
LIMIT_COLUMNS = (
    AnswerColumn("far_low", Title("Граница 99,8 %, низ", "99.8% limit, lower")),
    AnswerColumn("near_low", Title("Граница 95 %, низ", "95% limit, lower")),
    AnswerColumn("near_high", Title("Граница 95 %, верх", "95% limit, upper")),
    AnswerColumn("far_high", Title("Граница 99,8 %, верх", "99.8% limit, upper")),
)
RATE_COLUMNS = (
    AnswerColumn("role", Title("Роль", "Role"), kind="dimension"),
    AnswerColumn("metric", Title("Показатель", "Metric"), kind="dimension"),
    AnswerColumn("people", Title("Людей", "People"), "count"),
    AnswerColumn("test", Title("Проверка", "Test"), kind="dimension"),
    AnswerColumn("chance", Title("Вероятность случайности", "Chance"), "ratio"),
    AnswerColumn("statistic", Title("Статистика", "Statistic"), "ratio"),
    AnswerColumn("freedom", Title("Степеней свободы", "Degrees of freedom"), "count"),
    AnswerColumn("held", Title("Вероятность среди всех проверок", "Chance among all tests"), "ratio"),
    AnswerColumn("differs", Title("Различия не случайны", "Beyond chance")),
    AnswerColumn("phi", Title("Во сколько раз разброс шире случайного", "Dispersion over chance"), "ratio"),
    AnswerColumn("tau", Title("Разброс между людьми", "Spread between people"), "ratio"),
    AnswerColumn("is_over", Title("Границы расширены", "Limits are widened")),
    AnswerColumn("factors", Title("Поправка на", "Adjusted for"), kind="dimension"),
)
