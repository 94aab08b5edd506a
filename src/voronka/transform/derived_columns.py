"""Makes columns that no single header is: full names, day and time together, minutes, an outcome told otherwise."""

import re
from dataclasses import replace
from pathlib import PurePath

from voronka.lake.session import literal, quoted
from voronka.transform.column_choice import Draft
from voronka.transform.header_names import header_names, says, squeezed, vocabulary, words
from voronka.transform.spelled_periods import period_start
from voronka.transform.value_meanings import recognised

_FIRST = {"firstname", "имя", "givenname"}
_LAST = {"lastname", "фамилия", "surname", "familyname"}
_WINNING = {"won", "booking", "оплаты", "выигрыша", "продажи", "реализации", "sale"}
_LOSING = {"lost", "проигрыша", "отказа"}
_MINUTES = re.compile(r"^(mins?|minutes?|мин|минут[аы]?|минутах)$")
_NO_TIME_OF_DAY = {"duration", "длительность", "talk", "wait", "разговора", "ожидания", "speed", "ring"}
_CALLER = {
    "ктозвонил",
    "откуда",
    "from",
    "fromnumber",
    "src",
    "caller",
    "callernumber",
    "callerid",
    "звонящий",
    "номерзвонящего",
}
_CALLED = {
    "кудазвонил",
    "кому",
    "куда",
    "to",
    "tonumber",
    "dst",
    "callee",
    "callednumber",
    "destination",
    "вызываемый",
    "номерназначения",
}


def before_choice(draft: Draft) -> None:
    """Make the columns that would lose their headers to lesser meanings: a first and a last name become one name."""
    _full_name(draft)


def after_choice(draft: Draft, file_name: str) -> None:
    """Make what the headers chosen leave open or say in another way than ours."""
    _outcome_by_values(draft)
    _won_or_lost_at(draft)
    _outcome_by_date(draft)
    _minutes(draft)
    _day_and_time(draft)
    _client_of_call(draft)
    _zeros(draft)
    _lists(draft)
    _ad_channel(draft, file_name)
    _plan_period(draft)
    _owners(draft)


def _full_name(draft: Draft) -> None:
    """Put a first and a last name together."""
    target = {"employees": "name", "contacts": "name", "leads": "contact"}.get(draft.table.name)
    first = _spelled(draft, _FIRST)
    last = _spelled(draft, _LAST)
    whole = [h for h in draft.profiles if squeezed(h) in {"fullname", "полноеимя", "фио"} and draft.profiles[h].filled]
    if target is None or target in draft.columns or last is None or whole:
        return
    if first is not None:
        theirs = f"= nullif(trim(coalesce(text({quoted(first)}), '') || ' ' || coalesce(text({quoted(last)}), '')), '')"
        draft.add(target, theirs, "first and last name put together", first, last)
    elif target == "name":
        draft.add(target, last, f"header «{last}» is a known name; there is no first name", last)


def _spelled(draft: Draft, names: set[str]) -> str | None:
    entity = header_names()[draft.table.name].entity
    for header, profile in draft.profiles.items():
        bare = "".join(word for word in words(header) if word not in entity)
        if profile.filled and ({squeezed(header), bare} & names):
            return header
    return None


def _outcome_by_values(draft: Draft) -> None:
    """Take a column of which every value is won, lost or open for the outcome, whatever its name."""
    if "outcome" not in draft.table.columns or "outcome" in draft.columns:
        return
    for header, profile in draft.profiles.items():
        if header in draft.used or not 1 < profile.distinct <= 3:  # noqa: PLR2004 - won, lost, open
            continue
        found = draft.texts(header)
        if {text.lower() for text in found} <= {"won", "lost", "open"}:
            draft.add("outcome", header, "every value is won, lost or open", header)
            return


def _won_or_lost_at(draft: Draft) -> None:
    """Make one date of closing of a date of winning and another of losing."""
    won = draft.header_of("closed_at")
    if draft.table.name != "deals" or won is None or not set(words(won)) & _WINNING:
        return
    names = header_names()["deals"]
    for header, profile in draft.profiles.items():
        if header in draft.used or not profile.filled or not set(words(header)) & _LOSING:
            continue
        if any(match.ours == "closed_at" for match in names.exact(header)) and draft.reads("closed_at", header):
            theirs = f"= coalesce(time({quoted(won)}), time({quoted(header)}))"
            draft.add("closed_at", theirs, f"«{won}», else «{header}»", won, header)
            return


def _outcome_by_date(draft: Draft) -> None:
    """Take a date of winning for the outcome where nothing else tells it."""
    header = draft.header_of("closed_at")
    if draft.table.name != "deals" or header is None or {"stage", "outcome"} & draft.columns.keys():
        return
    if set(words(header)) & _WINNING:
        theirs = f"= CASE WHEN text({quoted(header)}) IS NOT NULL THEN 'won' END"
        draft.add("outcome", theirs, f"no stage or outcome; «{header}» is the date of winning", header)
        draft.used[header] = "closed_at"
        draft.warnings.append(
            f"nothing but «{header}» tells the outcome: a deal with it is taken as won, one without as open"
        )


def _minutes(draft: Draft) -> None:
    for ours, reader in draft.table.columns.items():
        header = draft.header_of(ours)
        if reader != "duration" or header is None or not any(_MINUTES.match(word) for word in words(header)):
            continue
        if draft.profiles[header].numbers == draft.profiles[header].filled:
            _made_of(draft, ours, f"= number({quoted(header)}) * 60", "minutes")


def _day_and_time(draft: Draft) -> None:
    """Make one time of a column of days and another of times of day."""
    ours = next((name for name in ("started_at", "happened_at", "created_at") if draft.header_of(name)), None)
    day = draft.header_of(ours) if ours else None
    if ours is None or day is None or not draft.profiles[day].is_day or draft.table.columns[ours] != "time":
        return
    for header, profile in draft.profiles.items():
        said = set(words(header))
        if header in draft.used or not profile.is_clock or said & _NO_TIME_OF_DAY:
            continue
        if said & {"time", "время", "час", "часы", "clock", "hour"}:
            theirs = f"= time({quoted(day)} || ' ' || {quoted(header)})"
            draft.add(ours, theirs, f"«{day}» is the day and «{header}» the time of day", day, header)
            return


def _client_of_call(draft: Draft) -> None:
    """Take for the client, of the caller and the called, the one outside."""
    caller, called = _spelled(draft, _CALLER), _spelled(draft, _CALLED)
    direction = draft.header_of("direction")
    if "client_phone" not in draft.table.columns or not (caller and called and direction):
        return
    if not (draft.reads("client_phone", caller) and draft.reads("client_phone", called)):
        return
    found = recognised("direction", draft.texts(direction))
    inward = ", ".join(literal(text) for text, meaning in found.items() if meaning == "in")
    if inward:
        test = f"text({quoted(direction)}) IN ({inward})"
        theirs = f"= CASE WHEN {test} THEN phone({quoted(caller)}) ELSE phone({quoted(called)}) END"
        draft.add("client_phone", theirs, f"«{caller}» of incoming calls, else «{called}»", caller, called)


def _zeros(draft: Draft) -> None:
    """Read 0 as nobody in a column of ids that refer to something else."""
    for ours, reader in draft.table.columns.items():
        header = draft.header_of(ours)
        if reader == "id" and header and ours != draft.table.key and (zeros := draft.profiles[header].zeros):
            theirs = f"= nullif(text({quoted(header)}), '0')"
            _made_of(draft, ours, theirs, f"0 in {zeros:,} rows stands for none")


def _lists(draft: Draft) -> None:
    """Read the first of several in a column of ids that refer to something else."""
    for ours, reader in draft.table.columns.items():
        header = draft.header_of(ours)
        if reader == "id" and header and ours != draft.table.key and (lists := draft.profiles[header].lists):
            theirs = f"= trim(split_part(replace(text({quoted(header)}), ',', ';'), ';', 1))"
            _made_of(draft, ours, theirs, f"the first of several in {lists:,} rows")
            draft.warnings.append(f"«{header}» names several in {lists:,} rows: the first of them is taken")


def _made_of(draft: Draft, ours: str, theirs: str, how: str) -> None:
    """Make a column that was chosen of its header in another way; why it was chosen, and how surely, stays."""
    column = draft.columns[ours]
    draft.columns[ours] = replace(column, theirs=theirs, reason=f"{column.reason}; {how}")


def _plan_period(draft: Draft) -> None:
    """Make the days of a plan of a column of months, quarters or years, where nothing tells its last day."""
    if draft.table.name != "plans" or "ends_on" in draft.columns:
        return
    refused = [header for header, ours in draft.meant.items() if ours in {"starts_on", "ends_on"}]
    for header in (*(each for each in (draft.header_of("starts_on"),) if each), *refused):
        given = ", ".join(f"({literal(text)})" for text in draft.texts(header))
        test = f"SELECT coalesce(bool_and({period_start('x')} IS NOT NULL), false) FROM (VALUES {given}) AS t(x)"
        if given and draft.session.value(test):
            draft.add("starts_on", f"= period_start({quoted(header)})", f"«{header}» names whole periods", header)
            draft.add("ends_on", f"= period_end({quoted(header)})", f"the last day of what «{header}» names", header)
            return


def _owners(draft: Draft) -> None:
    identifier, name = draft.header_of("employee_id"), draft.header_of("employee")
    if identifier and name:
        draft.warnings.append(
            f"two columns look like the owner, «{name}» (name) and «{identifier}» (id): both are mapped"
        )


def _ad_channel(draft: Draft, file_name: str) -> None:
    """Take the channel from the name of the file, which may say in which system the money was spent."""
    if draft.table.name != "ad_spend" or {"channel", "channel_id"} & draft.columns.keys():
        return
    stem = PurePath(file_name).stem
    for channel, spoken in vocabulary()["ad_channels"].items():
        if any(says(stem, word) for word in spoken):
            draft.add("channel", f"= {literal(channel)}", "the file's name speaks of it")
            return
