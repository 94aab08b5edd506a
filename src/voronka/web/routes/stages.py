"""Pipelines and their stages as pages set them: what the files say, and pages write into the same files."""

from fastapi import APIRouter

from voronka.domain.errors import QuestionError
from voronka.metrics.dimensions import Title
from voronka.pipeline.arranging import Birth, Wanted, WantedStage, found_pipeline, set_stages, tried, undo
from voronka.pipeline.chronicle import Made
from voronka.pipeline.pipeline_file import read_pipelines
from voronka.web.asked import Language, language_of
from voronka.web.foreseen import stages_foreseen
from voronka.web.pipelines_shown import Met, pipelines_shown, unnamed
from voronka.web.stage_shapes import Foreseen, PipelineGiven, PipelinesShown, StagesUndone, Words
from voronka.web.visitor import DataVisitorNow, SetterNow, Visitor

router = APIRouter(prefix="/api/settings/pipelines", tags=["settings"])


@router.get("")
def shown(visitor: DataVisitorNow, lang: Language | None = None) -> PipelinesShown:
    """Return the pipelines with their stages, those that are only met in the data too, and who changed them here."""
    return _shown(visitor, lang)


@router.put("")
def put(given: PipelineGiven, visitor: SetterNow, lang: Language | None = None) -> PipelinesShown:
    """Write the stages of a pipeline into its file, a new one for what is only met in the data; 409 for changed ones.

    The figures follow with the next build.
    """
    company = visitor.company
    birth, wanted, made = _birth(visitor, given), _wanted(given), Made(visitor.name, company.clock())
    if birth:
        found_pipeline(company.folder, company.settings, wanted, birth, made)
    else:
        set_stages(company.folder, company.settings, wanted, made)
    visitor.note("change", f"stages of {given.pipeline}")
    return _shown(visitor, lang)


@router.post("/undo")
def take_back(given: StagesUndone, visitor: SetterNow, lang: Language | None = None) -> PipelinesShown:
    """Bring back what a file said before a change, where nobody has changed it since."""
    company = visitor.company
    done = undo(company.folder, company.settings, given.number, Made(visitor.name, company.clock()))
    visitor.note("change", f"stages of {done.pipeline}")
    return _shown(visitor, lang)


@router.post("/preview")
def foresee(given: PipelineGiven, visitor: SetterNow) -> Foreseen:
    """Return what the stages would make of the records that are loaded; nothing is written."""
    company = visitor.company
    birth = _birth(visitor, given)
    return stages_foreseen(visitor, tried(company.folder, company.settings, _wanted(given), birth), birth)


def _birth(visitor: Visitor, given: PipelineGiven) -> Birth | None:
    """Return whose records a pipeline is for that no file tells of, None for one of a file."""
    if given.seen:
        return None
    known = read_pipelines(visitor.company.folder)
    found = {name: birth for name, birth, _ in unnamed(visitor, known, Met.of(visitor))}
    if given.pipeline not in found:
        raise QuestionError(f"no pipeline without a file is {given.pipeline}", do="Look at the page again")
    return found[given.pipeline]


def _wanted(given: PipelineGiven) -> Wanted:
    stages = tuple(
        WantedStage(each.id, _title(each.title), each.outcome, each.milestone, each.probability, tuple(each.match))
        for each in given.stages
    )
    return Wanted(given.pipeline, _title(given.title), stages, given.seen)


def _title(words: Words) -> Title:
    return Title(words.ru, words.en)


def _shown(visitor: Visitor, lang: Language | None) -> PipelinesShown:
    return pipelines_shown(visitor, language_of(lang, visitor.company.settings.language))
