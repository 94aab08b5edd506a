"""Which fields a company may demand of its records, and which columns of the core hold each."""

from collections.abc import Mapping, Sequence

from voronka.domain.errors import did_you_mean

REACHED_BY = "reached_by"
"""A phone or an e-mail by which a lead or a contact is reached: no column, but rows of `identity`."""

FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "deals": {
        "amount": ("amount",),
        "client": ("account_id", "contact_id"),
        "channel": ("channel_id",),
        "campaign": ("campaign_id",),
        "product": ("product_id",),
        "employee": ("employee_id",),
        "expected_close": ("expected_close_at",),
        "loss_reason": ("loss_reason",),
        "kind": ("kind",),
        "title": ("title",),
    },
    "leads": {
        REACHED_BY: (),
        "channel": ("channel_id",),
        "campaign": ("campaign_id",),
        "employee": ("employee_id",),
        "temperature": ("temperature",),
        "segment": ("segment",),
        "title": ("title",),
    },
    "contacts": {REACHED_BY: (), "account": ("account_id",), "name": ("name",), "position": ("position",)},
    "accounts": {
        "employee": ("employee_id",),
        "segment": ("segment",),
        "industry": ("industry",),
        "region": ("region",),
        "size": ("size",),
        "tax_number": ("tax_number",),
    },
    "calls": {
        "client": ("client_phone", "contact_id", "account_id", "lead_id", "deal_id"),
        "employee": ("employee_id",),
    },
}
"""By kind of record and field: the columns, any one of which is enough."""


def known_fields(records: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return the names, each once; ValueError where records of this kind have no such field."""
    for name in names:
        if name not in FIELDS[records]:
            message = f"{records} have no field {name} that can be required. {did_you_mean(name, FIELDS[records])}"
            raise ValueError(message)
    return tuple(dict.fromkeys(names))
