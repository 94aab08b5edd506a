"""The page of accounts: whether the portfolio grows, what its change is made of, who keeps it, and who was lost.

Where somebody is an account manager the page is about account managers: a portfolio is their work, and clients who
bought once from a seller are no portfolio of his. Another role, or all of them, can be asked for.

Its findings, each with the figures it is made of:

- a person whose portfolio grows while more than a tenth of the accounts are lost, beyond chance more than others;
- the accounts that bought in the like period before and nothing now, with what they bought then;
- clients that nobody has turned to in the period.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from voronka.analyses.portfolio import AccountChange, KeeperGrower, accounts_split, keepers_growers
from voronka.domain.period import Period, bucket_start, month_end, shift_months
from voronka.metrics.answer import AnswerColumn, Row
from voronka.metrics.dimensions import Title
from voronka.metrics.question import Filter
from voronka.reports import findings
from voronka.reports.ask import Ask, Asker, Block
from voronka.reports.findings import Finding, Opened
from voronka.reports.page import Contents, Frame, Table

BRIDGE = ("portfolio_start", "upsell", "purchase_effect", "frequency_effect", "portfolio_lost", "portfolio_end")
TOTALS = (
    *("portfolio_start", "portfolio_end", "portfolio_growth", "portfolio_new"),
    *("retention_by_count", "retention_by_revenue", "retention_top", "base_coverage"),
)
PEOPLE = ("portfolio_start", "portfolio_end", "portfolio_growth", *BRIDGE[1:5], "portfolio_new")
KEPT = ("retention_by_count", "retention_by_revenue", "retention_top", "average_purchase", "upsell_rate_lifetime")
MONTHLY = ("portfolio_growth", "retention_by_count", "retention_by_revenue", "retention_top")
BASE = ("accounts", "accounts_touched", "base_coverage", "contacts", "valid_contact_rate")
KEEPERS = "am"
ALL_ROLES = "all"
"""What is asked of the page for everybody who holds accounts; no role is called so."""
MONTHS = 12
LOST = 100
CHANGED = 100
FINDINGS = 3
OPENED = 50
"""Accounts whose records a finding opens at most: the address of the page names each."""
COVERED = 50.0


def _money(name: str, ru: str, en: str) -> AnswerColumn:
    return AnswerColumn(name, Title(ru, en), "money")


def _who(name: str, ru: str, en: str) -> tuple[AnswerColumn, AnswerColumn]:
    key = AnswerColumn(f"{name}_id", Title(f"{ru}, id", f"{en}, id"), kind="dimension")
    return AnswerColumn(name, Title(ru, en), kind="dimension"), key


ACCOUNT = (*_who("account", "Клиент", "Client"), *_who("employee", "Сотрудник", "Employee"))
CHANGES = (
    *ACCOUNT,
    _money("before", "Купил раньше", "Bought before"),
    _money("after", "Купил теперь", "Bought now"),
    _money("growth", "Разница", "Change"),
    _money("upsell", "Допродажи", "Upsell"),
    _money("purchase_effect", "За счёт средней покупки", "By the average purchase"),
    _money("frequency_effect", "За счёт частоты", "By frequency"),
)
QUADRANT = (
    *_who("employee", "Сотрудник", "Employee"),
    AnswerColumn("accounts", Title("Клиентов было", "Clients before"), "count"),
    AnswerColumn("lost_accounts", Title("Потеряно клиентов", "Clients lost"), "count", better="down"),
    AnswerColumn("retention_by_revenue", Title("Удержание выручки, %", "Retention by revenue"), "percent", better="up"),
    AnswerColumn("retention_of_all", Title("Удержание выручки всеми, %", "Retention by revenue of all"), "percent"),
    AnswerColumn("portfolio_growth_percent", Title("Прирост портфеля, %", "Portfolio growth"), "percent", better="up"),
    AnswerColumn("quadrant", Title("Кто это", "What they are"), kind="dimension"),
    AnswerColumn("hides_losses", Title("Рост скрывает потери", "Growth hides losses"), kind="dimension"),
    AnswerColumn("loses_more", Title("Теряет больше других", "Loses more than others"), kind="dimension"),
)


def accounts_page(frame: Frame) -> Contents:
    """Return the page of accounts."""
    return _Accounts(frame).contents()


@dataclass(frozen=True)
class _Accounts:
    frame: Frame

    @cached_property
    def filters(self) -> tuple[Filter, ...]:
        """Return the page's filters, with the role of account managers where none is asked for and there are any."""
        given = tuple(each for each in self.frame.asked.filters() if each.dimension != "role")
        roles = self.frame.asked.roles
        if ALL_ROLES in roles:
            return given
        if roles:
            return (*given, Filter("role", roles))
        keepers = (*given, Filter("role", (KEEPERS,)))
        held = Asker(self.frame.metrics, self.frame.scope, keepers).ask("accounts", period=self.frame.facts)
        return keepers if held.total("accounts") else given

    @cached_property
    def asker(self) -> Asker:
        return replace(self.frame.asker, filters=self.filters)

    @property
    def is_running(self) -> bool:
        """Say whether the period is on its way: who has not bought may still buy."""
        return self.frame.period.last >= self.frame.today

    def contents(self) -> Contents:
        facts = self.frame.facts
        totals, base = self.asker.ask(*TOTALS, period=facts), self.asker.ask(*BASE, by=["employee"], period=facts)
        is_answered = not self.asker.lack("portfolio_start") and totals.total("portfolio_start") is not None
        changes = self._changes() if is_answered else ()
        people = self._keepers() if is_answered else ()
        lost = [change for change in changes if change.lost > 0]
        found = [hidden_losses(people, totals), self._lost(lost, totals), uncovered(base)]
        return Contents(
            headline=headline(totals, is_running=self.is_running),
            findings=findings.ranked(found, FINDINGS),
            blocks={
                "totals": totals,
                "bridge": self.asker.ask(*BRIDGE, period=facts),
                "people": self.asker.ask(*PEOPLE, by=["employee"], period=facts),
                "kept": self.asker.ask(*KEPT, by=["employee"], period=facts),
                "months": self.asker.ask(*MONTHLY, by=["month"], period=self._months()),
                "base": base,
            },
            tables={
                "quadrant": Table(QUADRANT, tuple(_person(each) for each in people)),
                "lost": Table(CHANGES, tuple(_change(each) for each in sorted(lost, key=_most_before)[:LOST])),
                "changed": Table(CHANGES, tuple(_change(each) for each in changes if _is_kept(each))[:CHANGED]),
            },
        )

    def _changes(self) -> tuple[AccountChange, ...]:
        return accounts_split(self.frame.metrics, self.frame.scope, self.frame.facts, self.filters)

    def _keepers(self) -> tuple[KeeperGrower, ...]:
        return keepers_growers(self.frame.metrics, self.frame.scope, self.frame.facts, self.filters)

    def _months(self) -> Period:
        last = month_end(self.frame.facts.last)
        return Period(shift_months(bucket_start(last, "month"), 1 - MONTHS), last)

    def _lost(self, lost: Sequence[AccountChange], totals: Block) -> Finding | None:
        """Return the accounts that bought before and nothing now; opened are the payments (deals) of the largest."""
        before = self.frame.metrics.counted().earlier(self.frame.facts, "previous")
        if not lost or before is None:
            return None
        named = Filter("account", tuple(each.id for each in sorted(lost, key=_most_before)[:OPENED]))
        paid = next((c.variant for c in totals.answer.columns if c.name == "portfolio_start"), None) == "by_payments"
        metric = "revenue_paid" if paid else "revenue"
        amount = float(sum(each.lost for each in lost))
        kind = "accounts_silent" if self.is_running else "accounts_lost"
        ask = replace(totals.ask, metrics=("portfolio_lost",))
        opened = Opened(metric, Ask((metric,), (), (named,), before.period))
        return Finding(kind, "bad", {"count": len(lost), "amount": amount}, ask, opened, amount)


def headline(totals: Block, *, is_running: bool) -> Finding:
    """Return the one sentence: what the clients of the like period before bought now, or so far."""
    start, end, growth = (totals.total(f"portfolio_{name}") for name in ("start", "end", "growth"))
    names = ("portfolio_start", "portfolio_end", "portfolio_growth", "portfolio_lost")
    ask = replace(totals.ask, metrics=tuple(name for name in names if name in totals.ask.metrics))
    if start is None or end is None or growth is None:
        return Finding("not_known", "neutral", {})
    if not start:
        return Finding("nobody_before", "neutral", {"new_amount": totals.total("portfolio_new")}, ask)
    values = {
        "start_amount": start,
        "end_amount": end,
        "change_amount": abs(growth),
        "growth": abs(100 * growth / start),
        "retention_rate": totals.total("retention_by_revenue"),
    }
    kind = "grown" if growth > 0 else "shrunk" if growth < 0 else "same"
    kind += "_so_far" if is_running else ""
    return Finding(kind, "good" if growth > 0 else "bad" if growth < 0 else "neutral", values, ask)


def hidden_losses(people: Iterable[KeeperGrower], totals: Block) -> Finding | None:
    """Return whose growing portfolio hides lost accounts, more of them than the others lose beyond chance."""
    found = [each for each in people if each.hides_losses and each.loses_more and each.employee_id is not None]
    if not found:
        return None
    worst = max(found, key=lambda each: each.lost_accounts / each.accounts)
    values = {
        "name": worst.employee,
        "growth": worst.portfolio_growth_percent,
        "count": worst.lost_accounts,
        "of": worst.accounts,
    }
    who = Filter("employee", (worst.employee_id,))
    ask = replace(totals.ask, metrics=("portfolio_growth", "retention_by_count")).narrowed(who)
    return Finding("losses_hidden", "bad", values, ask)


def uncovered(base: Block) -> Finding | None:
    """Return how many of the accounts nobody has turned to, where that is more than half of them."""
    accounts, touched, covered = (base.total(name) for name in ("accounts", "accounts_touched", "base_coverage"))
    if not accounts or touched is None or covered is None or covered >= COVERED:
        return None
    values = {"count": round(accounts - touched), "coverage_rate": covered}
    ask = replace(base.ask, metrics=("accounts", "accounts_touched", "base_coverage"), by=())
    return Finding("base_uncovered", "bad", values, ask, Opened("accounts", replace(ask, metrics=("accounts",))))


def _most_before(change: AccountChange) -> tuple[float, str]:
    return -float(change.before), change.id


def _is_kept(change: AccountChange) -> bool:
    return not change.is_new and not change.lost and change.after != change.before


def _change(each: AccountChange) -> Row:
    money = ("before", "after", "growth", "upsell", "purchase_effect", "frequency_effect")
    who = {"account": each.name, "account_id": each.id, "employee": each.employee, "employee_id": each.employee_id}
    return {**who, **{name: getattr(each, name) for name in money}}


def _person(each: KeeperGrower) -> Row:
    return {column.name: getattr(each, column.name) for column in QUADRANT}
