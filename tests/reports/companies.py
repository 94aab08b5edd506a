"""Small companies as the overview meets them: a whole one, and those that lack something."""

from tests.metrics.memory_engine import MemoryEngine, lake_of

MEMBERS = {
    "dim_employee": "employee_id | name\na | Anna\nb | Boris\nc | Clara",
    "dim_team": "team_id | name\nw | West\ne | East",
    "employee_team": """employee_id | team_id | role | valid_from | valid_to
                        a | w | ae | 2025-01-01 | 9999-12-31
                        b | w | ae | 2025-01-01 | 9999-12-31
                        c | e | ae | 2025-01-01 | 9999-12-31""",
    "dim_channel": "channel_id | name\nads | Ads\nradio | Radio",
    "dim_calendar": """day | is_working
                       2026-03-12 | true
                       2026-03-13 | true
                       2026-03-14 | false
                       2026-03-15 | false
                       2026-03-16 | true""",
}
DEALS = {
    "fct_deals": """
        deal_id | title | employee_id | team_id | channel_id | created_at | closed_at | outcome | amount_home
        crm:1 | One   | a | w | ads | 2026-01-10 10:00 | 2026-03-02 10:00 | won  | 300
        crm:2 | Two   | b | w | ads | 2026-01-11 10:00 | 2026-03-03 10:00 | won  | 100
        crm:3 | Three | b | w | ads | 2026-01-12 10:00 | 2026-03-04 10:00 | lost | 500
        crm:4 | Four  | c | e |     | 2026-01-13 10:00 | 2026-02-04 10:00 | won  | 800
        crm:5 | Five  | a | w | ads | 2026-02-01 10:00 |                  | open | 250
        crm:6 | Six   | b | w |     | 2026-02-01 10:00 |                  | open | 900""",
    "fct_deal_states": """deal_id | employee_id | team_id | channel_id | from_day | to_day | amount_home | has_next_step
                          crm:5 | a | w | ads | 2026-02-01 | 9999-12-31 | 250 | true
                          crm:6 | b | w |     | 2026-02-01 | 9999-12-31 | 900 | false""",
}
WITHOUT_PLANS_OF_TASKS = """deal_id | employee_id | team_id | from_day | to_day | amount_home
                            crm:5 | a | w | 2026-02-01 | 9999-12-31 | 250
                            crm:6 | b | w | 2026-02-01 | 9999-12-31 | 900"""
LEADS = {
    "fct_leads": """
        lead_id | title | employee_id | team_id | channel_id | created_at | outcome | is_answered | is_won | has_deal
        crm:7  | Seven | a | w | ads   | 2026-03-02 09:00 | won  | true  | true  | true
        crm:8  | Eight | a | w | ads   | 2026-03-12 17:00 | open | false | false | false
        crm:9  | Nine  | b | w | radio | 2026-03-13 17:00 | open | false | false | false
        crm:10 | Ten   | c | e | radio | 2026-03-05 10:00 | lost | true  | false | false""",
}
SPEND = {"fct_ad_spend": "day | channel_id | cost_home\n2026-03-02 | ads | 100\n2026-03-02 | radio | 400"}
CALLS = {
    "fct_calls": """call_id | employee_id | team_id | started_at | direction | answered | talk_seconds
                    pbx:1 | a | w | 2026-03-13 10:00 | out | true  | 1800
                    pbx:2 | a | w | 2026-03-13 11:00 | in  | true  | 1800
                    pbx:3 | b | w | 2026-03-13 11:00 | out | false |
                    pbx:4 | c | e | 2026-02-13 11:00 | out | true  | 3600""",
}
PLANS = {
    "fct_plans": """metric | scope | scope_id | starts_on | ends_on | value
                    revenue | employee | a | 2026-03-01 | 2026-03-31 | 400
                    revenue | employee | b | 2026-03-01 | 2026-03-31 | 600
                    calls | employee | a | 2026-03-01 | 2026-03-31 | 20""",
    "fct_plan_days": """metric | scope | scope_id | team_id | counts_for_team | counts_for_company | day | value
                        revenue | employee | a | w | true | true | 2026-03-02 | 200
                        revenue | employee | a | w | true | true | 2026-03-20 | 200
                        revenue | employee | b | w | true | true | 2026-03-02 | 300
                        revenue | employee | b | w | true | true | 2026-03-20 | 300
                        calls   | employee | a | w | true | true | 2026-03-13 | 4
                        calls   | employee | a | w | true | true | 2026-03-20 | 16""",
}

COMPANIES: dict[str, dict[str, str]] = {
    "whole": {**MEMBERS, **DEALS, **LEADS, **SPEND, **CALLS, **PLANS},
    "without plans": {**MEMBERS, **DEALS, **LEADS, **SPEND, **CALLS},
    "without calls": {**MEMBERS, **DEALS, **LEADS, **SPEND, **PLANS},
    "without leads": {**MEMBERS, **DEALS, **CALLS, **PLANS},
    "only deals": {**MEMBERS, **DEALS, "fct_deal_states": WITHOUT_PLANS_OF_TASKS},
    "empty": {},
}


def company(name: str) -> MemoryEngine:
    """Return the lake of a company."""
    return lake_of(**COMPANIES[name])
