"""What the tables of comparisons are called and what their columns mean, in both languages."""

from collections.abc import Mapping

from voronka.metrics.dimensions import Title

COMPARED = Title("Сравнение", "Comparison")
TITLES: Mapping[str, Title] = {
    "compared": COMPARED,
    "limits": Title("Границы воронки сравнения", "Limits of the funnel plot"),
    "rates": Title("Случайны ли различия", "Whether differences are chance"),
    "time": Title("Что делают лучшие", "What the best do"),
    "best": Title("Лучшие в роли", "The best of the role"),
    "standing": Title("Кто впереди и кто позади", "Who is ahead and who behind"),
    "roles": Title("Роли", "Roles"),
    "temperature": Title("Температура лидов", "Temperature of leads"),
}
"""What a table of the page is called by the first part of its name."""

MEANS: Mapping[str, Title] = {
    "side": Title(
        "За границей 99,8 % — больше, чем бывает случайно; между 95 % и 99,8 % — может быть и случай; внутри — как все",
        "Beyond the 99.8% limit is more than chance; between 95% and 99.8% may be chance; inside is as the others",
    ),
    "place_low": Title(
        "Между какими местами стоит человек в 95 случаях из 100: места разыграны много раз с учётом того, как точно"
        " известен показатель каждого",
        "Between which places the person stands in 95 cases of 100: places are drawn many times, each figure as sure as"
        " it is",
    ),
    "among": Title(
        "По скольким случаям посчитано: чем их меньше, тем шире границы случайного",
        "Of how many cases it is: the fewer, the wider the limits of chance",
    ),
    "expected": Title(
        "Каким был бы показатель человека, если бы на каждом виде лидов он работал как вся роль (косвенная"
        " стандартизация по температуре, каналу и тому, кто передал)",
        "What the person's figure would be if the person did on each kind of leads as the whole role does (indirect"
        " standardisation by temperature, channel and who handed them over)",
    ),
    "adjusted": Title(
        "Показатель человека на составе лидов всей роли: показатель роли, умноженный на свой и делённый на ожидаемый; с"
        " интервалом 95 %",
        "The person's figure on the role's mix of leads: the role's, times the own one, over the expected one; with an"
        " interval of 95%",
    ),
    "estimate": Title(
        "Свой показатель, притянутый к среднему роли тем сильнее, чем меньше случаев и чем меньше люди отличаются"
        " (эмпирический Байес, Дерсимонян и Лэрд): ошибается реже, но не говорит, кто лучше",
        "The own figure drawn to the role's mean, the more so the fewer cases there are and the less people differ"
        " (empirical Bayes, DerSimonian and Laird): it errs less, but does not say who is better",
    ),
    "mix_value": Title(
        "Что сильнее всего сдвигает ожидаемое: каких лидов у человека больше или меньше, чем в роли",
        "What moves the expected figure most: the leads of which the person has more or fewer than the role",
    ),
    "chance": Title(
        "Как часто одна случайность дала бы такие или большие различия между одинаковыми людьми",
        "How often chance alone would make people who are alike differ so much or more",
    ),
    "held": Title("То же с учётом числа показателей (Холм)", "The same, allowing for the number of figures (Holm)"),
    "phi": Title(
        "Средний квадрат отклонений в единицах случайного, крайние подтянуты; около 1 — одна случайность",
        "Mean square of the deviations in units of chance, the extreme drawn in; about 1 is chance alone",
    ),
    "difference_low": Title(
        "Интервал всех видов работы вместе: верен в 95 случаях из 100",
        "The interval of all kinds of work together: it holds in 95 cases of 100",
    ),
}
"""What columns say that their titles do not."""
