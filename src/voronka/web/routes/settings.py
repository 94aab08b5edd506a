"""The company's settings as pages set them: what the file says, and pages write into the same file."""

from fastapi import APIRouter

from voronka.domain.errors import QuestionError, did_you_mean
from voronka.pipeline.chronicle import Made
from voronka.pipeline.company_settings import Change, Check, set_values, tried, undo
from voronka.pipeline.settings_sections import Offered, of_new_role
from voronka.settings import Settings
from voronka.web.asked import Language, language_of
from voronka.web.foreseen import settings_foreseen
from voronka.web.settings_shapes import SettingsGiven, SettingsShown, SettingsUndone
from voronka.web.settings_shown import offered_to, settings_shown
from voronka.web.stage_shapes import Foreseen, SettingsTried
from voronka.web.visitor import DataVisitorNow, SetterNow, Visitor, in_force

router = APIRouter(prefix="/api/settings", tags=["settings"])


@router.get("")
def shown(visitor: DataVisitorNow, lang: Language | None = None) -> SettingsShown:
    """Return the settings that pages set, and who changed them here."""
    return _shown(visitor, lang)


@router.put("")
def put(given: SettingsGiven, visitor: SetterNow, lang: Language | None = None) -> SettingsShown:
    """Write settings into the company's file; 409 where somebody else has changed it since it was shown.

    They are in force at once; the figures that are built with them follow with the next build.
    """
    company = visitor.company
    wanted = {_offered(visitor, name): value for name, value in given.values.items()}
    _note(visitor, set_values(company.folder, wanted, given.seen, _made(visitor), _checking(visitor)))
    return _shown(visitor, lang)


@router.post("/undo")
def take_back(given: SettingsUndone, visitor: SetterNow, lang: Language | None = None) -> SettingsShown:
    """Set back what a change made otherwise, where nobody has changed that since."""
    _note(visitor, undo(visitor.company.folder, given.number, _made(visitor), _checking(visitor)))
    return _shown(visitor, lang)


@router.post("/preview")
def foresee(given: SettingsTried, visitor: SetterNow) -> Foreseen:
    """Return what settings would make of the figures that can be counted at once; nothing is written."""
    wanted = {_offered(visitor, name): value for name, value in given.values.items()}
    return settings_foreseen(visitor, tried(visitor.company.folder, wanted, _checking(visitor)), [*wanted])


def _offered(visitor: Visitor, name: str) -> Offered:
    known = {each.name: each for each in offered_to(visitor, visitor.company.settings)}
    found = known.get(name) or of_new_role(name)
    if found is None:
        raise QuestionError(f"no setting that pages set is named {name}", do=did_you_mean(name, known))
    return found


def _checking(visitor: Visitor) -> Check:
    def check(settings: Settings) -> None:
        visitor.company.metrics_under(settings)

    return check


def _made(visitor: Visitor) -> Made:
    return Made(visitor.name, visitor.company.clock())


def _note(visitor: Visitor, change: Change) -> None:
    visitor.note("change", f"settings {', '.join(step.name for step in change.steps)}")


def _shown(visitor: Visitor, lang: Language | None) -> SettingsShown:
    now = in_force(visitor)
    return settings_shown(now, language_of(lang, now.company.settings.language))
