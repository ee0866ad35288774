"""What a learner can move in lesson 10, and what it calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from parecon_edu import economy
from parecon_edu.display import Action, Choice, Exhibit, Kept, Panel, Slider, Switch, Text
from parecon_edu.display.inputs import Control
from parecon_edu.display.views import view_of
from parecon_edu.economy.scenarios import CASES, INSTITUTIONS, Scenario
from parecon_edu.institutions.comparison import figures
from parecon_edu.institutions.comparison.discovery import REGIMES, discover
from parecon_edu.institutions.comparison.model import ALLOCATE, Comparison, swings
from parecon_edu.institutions.comparison.notes import keep_belief, kept_beliefs
from parecon_edu.institutions.comparison.puzzle import HARD, moves, on_top, preset_sizes, start
from parecon_edu.institutions.comparison.shocks import shock
from parecon_edu.institutions.frictions import frictions_of
from parecon_edu.institutions.outcome import Outcome
from parecon_edu.institutions.wording import (
    CASE_WORDS,
    FRICTION_WORDS,
    INSTITUTION_WORDS,
    friction_slider,
    from_percent,
)
from parecon_edu.values.weights import PEOPLE, locked_weights

__all__ = ["panel"]

Values = Mapping[str, Any]
Follow = Callable[[Values, Values], Values]

OWN = "own"
_SHOCK = "surprise"
#: What is switched on by one choice for all three: a case, or one at its best while the others fail.
_ALL_CASES = {
    "best": "all three at their best",
    "typical": "all three on a usual day",
    "failure": "all three where they fail",
}
_ALL_WORDS = {
    **_ALL_CASES,
    "market": "the market at its best, the two plans where they fail",
    "central": "the central plan at its best, the other two where they fail",
    "participatory": "the participatory plan at its best, the other two where they fail",
    OWN: "my own (move the sliders)",
}
_CASES = {case: f"{words}" for case, words in CASE_WORDS.items()} | {OWN: "my own (move the sliders)"}
_GROUPS = {
    "market": "The market: its frictions",
    "central": "The central plan: its frictions",
    "participatory": "The participatory plan: its frictions",
}


def panel(view: str = "town", *, town: Scenario | None = None) -> Panel:
    """Make one of the panels of lesson 10.

    Parameters
    ----------
    view : str
        "town": the same town under all three; one choice for all, and behind buttons each institution's frictions, the
        surprise and whose values. "flip": the puzzle, who is on top and what one has to believe for it. "tornado":
        which assumption moves which result most, worked out at a press. "surprise": one surprise, three speeds of
        answering it. "growth": how much faster growth would have to be.
    town : Scenario, optional
        Riverside, or your own.

    Returns
    -------
    Panel

    Raises
    ------
    ValueError
        If there is no such view.

    Examples
    --------
    >>> mine = panel()
    >>> mine.set(all="market")
    >>> mine.values["market"], mine.values["central"], mine.values["central_slack"]
    ('best', 'failure', 35.0)
    >>> mine.set(central_slack=20)
    >>> mine.values["all"], mine.values["central"]
    ('own', 'own')
    """
    return view_of(_VIEWS, view)(economy.scenario("riverside") if town is None else town)


class _Following(Panel):
    """A panel in which some controls follow others: a case sets its sliders, a slider that is moved says "my own"."""

    def __init__(self, *given: Any, follow: Follow, **named: Any) -> None:
        self._follow = follow
        super().__init__(*given, **named)

    def set(self, **values: Any) -> None:
        """Set controls, and those that follow them, all at once, and redraw."""
        known = {key: self._controls[key].accept(value) for key, value in values.items() if key in self._controls}
        super().set(**{**values, **self._follow(self.values, known)})


def _key(institution: str, name: str) -> str:
    return name if name == _SHOCK else f"{institution}_{name}"


@lru_cache(maxsize=8)
def _names(institution: str) -> tuple[str, ...]:
    """Name the frictions of an institution that have a slider of their own: all but the surprise, which is shared."""
    return tuple(friction.name for friction in frictions_of(institution) if friction.name != _SHOCK)


def _sliders(institution: str, sizes: Mapping[str, float]) -> list[Slider]:
    return [friction_slider(name, value=sizes[name], key=_key(institution, name)) for name in _names(institution)]


def _settings(institution: str, values: Values) -> dict[str, float]:
    """Read an institution's frictions off the sliders, as the library takes them."""
    return from_percent({name: values[_key(institution, name)] for name in (*_names(institution), _SHOCK)})


class _Year:
    """The same year under all three; what was worked out last is kept, since a slider moves one institution only."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._known = lru_cache(maxsize=200)(self._outcome)

    def _outcome(self, institution: str, settings: tuple[tuple[str, float], ...], seed: int) -> Outcome:
        try:
            return ALLOCATE[institution](self.scenario, seed=seed, **dict(settings))
        except ValueError as error:
            # Rare: a few draws of a large surprise, with every friction where it fails.
            raise ValueError(
                f"In year {seed}, with these frictions, no prices were found for {INSTITUTION_WORDS[institution]}, so "
                "nothing was changed. Try another year, a smaller surprise, or a friction less."
            ) from error

    def outcome(self, institution: str, settings: Mapping[str, float], *, seed: int) -> Outcome:
        """Work out one institution's year."""
        return self._known(institution, tuple(sorted(settings.items())), seed)

    def compare(self, values: Values) -> Comparison:
        """Work out all three."""
        return Comparison(
            **{name: self.outcome(name, _settings(name, values), seed=values["seed"]) for name in INSTITUTIONS}
        )


def _percents(institution: str, case: str, scenario: Scenario) -> dict[str, float]:
    sizes = preset_sizes(institution, case, scenario)
    return {_key(institution, name): round(100 * sizes[name], 6) for name in _names(institution)}


def _shock_of(cases: Mapping[str, str], scenario: Scenario) -> float:
    """Return the surprise of a year, in per cent: the largest of the cases', for it is one year for all three."""
    return max(round(100 * preset_sizes(name, case, scenario)[_SHOCK], 6) for name, case in cases.items())


def _mix(choice: str) -> dict[str, str]:
    """Return each institution's case under one choice for all."""
    if choice in CASES:
        return dict.fromkeys(INSTITUTIONS, choice)
    return {name: "best" if name == choice else "failure" for name in INSTITUTIONS}


def _town(scenario: Scenario) -> Panel:
    year = _Year(scenario)
    locked = locked_weights()
    presets = {name: {case: _percents(name, case, scenario) for case in CASES} for name in INSTITUTIONS}

    def follow(now: Values, changed: Values) -> Values:
        wanted = {**now, **changed}
        choice = changed.get("all", OWN)
        cases = _mix(choice) if choice != OWN else {name: changed[name] for name in INSTITUTIONS if name in changed}
        cases = {name: case for name, case in cases.items() if case != OWN}
        put: dict[str, Any] = {}
        for name, case in cases.items():
            put |= presets[name][case]
        if choice != OWN:
            put[_SHOCK] = _shock_of(cases, scenario)
        elif cases:
            after: dict[str, str] = {name: str(cases.get(name, now[name])) for name in INSTITUTIONS}
            put[_SHOCK] = _shock_of({name: case for name, case in after.items() if case != OWN}, scenario)
        # What was moved by hand in the same breath stands, so that a scenario code restores what it says.
        put = {key: size for key, size in put.items() if key not in changed}
        wanted |= put
        named = {name: OWN if changed.get(name) == OWN else _case_of(wanted, presets[name]) for name in INSTITUTIONS}
        fits = [
            one
            for one in (*CASES, *INSTITUTIONS)
            if _mix(one) == named and wanted[_SHOCK] == _shock_of(named, scenario)
        ]
        whole = OWN if changed.get("all") == OWN or not fits else fits[0]
        return {**put, **named, "all": whole}

    def draw(**values: Any) -> Exhibit:
        weights, whose = _weights(values["whose"], locked)
        return figures.side_by_side(year.compare(values), scenario=scenario, weights=weights, whose=whose)

    cases = {name: Choice(name, f"{_capital(INSTITUTION_WORDS[name])} is", _CASES, "best") for name in INSTITUTIONS}
    none = {friction.name: 0.0 for name in INSTITUTIONS for friction in frictions_of(name)}
    controls: list[Control] = [
        Choice("all", "One town, three institutions", _ALL_WORDS, "best"),
        *cases.values(),
        *(slider for name in INSTITUTIONS for slider in _sliders(name, none)),
        friction_slider(_SHOCK),
        Slider("seed", "Which year (luck: another number, another draw)", 0, 50, 1, 0, whole=True),
        Choice("whose", "Whose values?", _whose(locked is not None), "own" if locked is not None else "even"),
    ]
    groups = {_GROUPS[name]: [name, *(_key(name, f) for f in _names(name))] for name in INSTITUTIONS}
    groups |= {"The year, and whose values": [_SHOCK, "seed", "whose"]}
    return _Following("three", controls, draw, _code(scenario), follow=follow, groups=groups, live=False)


def _case_of(values: Values, presets: Mapping[str, Mapping[str, float]]) -> str:
    """Name the case that an institution's sliders stand at, or "own"."""
    return next(
        (case for case, sizes in presets.items() if all(values[key] == size for key, size in sizes.items())), OWN
    )


def _whose(locked: bool) -> dict[str, str]:
    own = {"own": "mine, as I locked them in lesson 01"} if locked else {}
    people = {name: f"{name}: {person.why}" for name, person in PEOPLE.items()}
    even = "all six the same" if locked else "all six the same (lock your own in lesson 01, and run this again)"
    return {**own, "even": even, **people}


def _weights(whose: str, locked: Any) -> tuple[list[float], str]:
    if whose in PEOPLE:
        return [float(points) for points in PEOPLE[whose].points], f"{whose}'s"
    if whose == "own" and locked is not None:
        return [float(weight) for weight in locked], "your"
    return [1.0] * 6, "six equal"


def _code(scenario: Scenario) -> Callable[..., str]:
    def code(**values: Any) -> str:
        lines = [f"    {name}={_settings(name, values)!r}," for name in INSTITUTIONS]
        return "\n".join(
            [
                "from parecon_edu import economy, institutions",
                "",
                *_town_lines(scenario),
                "result = institutions.compare(",
                "    town,",
                *lines,
                f"    seed={values['seed']},",
                ")",
                "[outcome.equivalent for outcome in result.outcomes]",
            ]
        )

    return code


def _town_lines(scenario: Scenario) -> list[str]:
    if scenario is economy.scenario(scenario.name):
        return [f'town = economy.scenario("{scenario.name}")']
    return ["town = mine    # the town that you gave to this panel"]


def _flip(scenario: Scenario) -> Panel:
    year = _Year(scenario)
    begun = {goal: start(goal, scenario) for goal in INSTITUTIONS}
    stands = {
        goal: {_key(name, f): round(100 * size, 6) for name, own in sizes.items() for f, size in own.items()}
        for goal, sizes in begun.items()
    }

    def sizes(values: Values) -> dict[str, dict[str, float]]:
        return {name: _settings(name, values) for name in INSTITUTIONS}

    def follow(now: Values, changed: Values) -> Values:
        goal = changed.get("goal", now["goal"])
        fresh = goal != now["goal"] and not any(key in changed for key in stands[goal])
        put: dict[str, Any] = dict(stands[goal]) | {"words": ""} if fresh else {}
        wanted = {**now, **changed, **put}
        if wanted["hard"]:
            for name in INSTITUTIONS:
                key = _key(name, HARD)
                if key in changed and key not in put and changed[key] != stands[goal][key]:
                    raise ValueError(
                        "In the harder game hidden capacity stays where it is: it is what all three quarrel about. "
                        "Move another slider, or switch the harder game off."
                    )
                put[key] = stands[goal][key]
        return put

    def equivalents(values: Values) -> dict[str, float]:
        return {name: year.outcome(name, settings, seed=0).equivalent for name, settings in sizes(values).items()}

    @lru_cache(maxsize=3)
    def at_start(goal: str) -> dict[str, float]:
        return {
            name: year.outcome(name, {f: s for f, s in own.items() if s}, seed=0).equivalent
            for name, own in begun[goal].items()
        }

    def draw(goal: str, hard: bool, words: str, written: float, **values: Any) -> Exhibit:
        return figures.beliefs(
            equivalents(values),
            at_start(goal),
            goal=goal,
            moved=moves(goal, sizes(values), scenario),
            kept=kept_beliefs(),
        )

    def keep(goal: str, hard: bool, words: str, written: float, **values: Any) -> Values:
        if on_top(equivalents(values)) != goal:
            raise ValueError(
                f"{_capital(INSTITUTION_WORDS[goal])} is not on top yet, by 0.010 at least. Move on, then write."
            )
        if not words.strip():
            raise ValueError("Write first what somebody would have to believe for this; one sentence will do.")
        moved = [
            f"{_of(m.institution)}{FRICTION_WORDS[m.name].say(m.after)}" for m in moves(goal, sizes(values), scenario)
        ]
        keep_belief(goal, words=words.strip(), moved=moved, hard=hard)
        return {"written": written + 1}

    def code(goal: str, hard: bool, words: str, written: float, **values: Any) -> str:
        return _code(scenario)(seed=0, **values)

    goal = INSTITUTIONS[0]
    none = {name: dict(own) for name, own in begun[goal].items()}
    controls: list[Control] = [
        Choice(
            "goal",
            "Who shall be on top?",
            {
                "market": "1. The market (from a usual day)",
                "central": "2. The central plan (from a usual day)",
                "participatory": "3. The participatory plan (from the central plan's habits)",
            },
            goal,
        ),
        *(slider for name in INSTITUTIONS for slider in _sliders(name, none[name])),
        friction_slider(_SHOCK, value=none["market"][_SHOCK]),
        Switch("hard", "The harder game: hidden capacity may not be moved"),
        Text("words", "What would somebody have to believe for this to be so? Your words:", most=400),
        Kept(Slider("written", "Times written", 0, 10_000, 1, 0, whole=True)),
    ]
    groups = {_GROUPS[name]: [_key(name, f) for f in _names(name)] for name in INSTITUTIONS}
    groups |= {"The year's surprise, and the harder game": [_SHOCK, "hard"]}
    actions = (
        Action("keep", "Write it down", keep, tooltip="Keep these words with the sliders you moved", main=True),
        Action(
            "again",
            "Begin this level again",
            lambda goal, **_: {**stands[goal], "words": ""},
            tooltip="Put all sliders where the level started",
        ),
    )
    return _Following(
        "flip",
        controls,
        draw,
        code,
        follow=follow,
        groups=groups,
        actions=actions,
        live=False,
    )


def _of(institution: str) -> str:
    return "the year: " if institution == "all" else f"{INSTITUTION_WORDS[institution]}: "


def _tornado(scenario: Scenario) -> Panel:
    everybody = {"all": "all three", **INSTITUTION_WORDS}

    def words(case: str, whose: str) -> str:
        return _ALL_CASES[case].removeprefix("all three ") if whose == "all" else CASE_WORDS[case]

    def draw(case: str, whose: str, asked: str) -> Exhibit:
        if asked != case:
            return figures.not_yet(words(case, whose), whose=everybody[whose])
        found = _swings(scenario, case)
        mine = found if whose == "all" else tuple(swing for swing in found if swing.institution == whose)
        return figures.tornado(mine, case_words=words(case, whose))

    def code(case: str, whose: str, asked: str) -> str:
        keep = "" if whose == "all" else f' if swing.institution == "{whose}"'
        return "\n".join(
            [
                "from parecon_edu import economy, institutions",
                "",
                *_town_lines(scenario),
                f'found = institutions.swings(town, case="{case}")    # takes a few seconds',
                f"[(swing.institution, swing.name, swing.low, swing.high) for swing in found{keep}]",
            ]
        )

    controls: list[Control] = [
        Choice("case", "One assumption at a time, around …", _ALL_CASES, "typical"),
        Choice("whose", "Whose result?", everybody, "all"),
        Kept(Choice("asked", "Worked out", {"none": "nothing yet", **_ALL_CASES}, "none")),
    ]
    action = Action(
        "work",
        "Work it out (a few seconds)",
        lambda case, **_: {"asked": case},
        tooltip="Move every friction and every feature of the town, one at a time",
        main=True,
    )
    return Panel("tornado", controls, draw, code, live=False, actions=(action,))


def _swings(scenario: Scenario, case: str) -> Any:
    return swings(scenario, case=case, quiet=True)  # the panel says that it is working


def _surprise(scenario: Scenario) -> Panel:
    @lru_cache(maxsize=64)
    def drawn(surprise: float, seed: int) -> Any:
        return shock(scenario, surprise=surprise, seed=seed)

    def draw(surprise: float, seed: int) -> Exhibit:
        return figures.answered(drawn(surprise / 100, seed), surprise=surprise / 100, year=seed)

    def code(surprise: float, seed: int) -> str:
        return "\n".join(
            [
                "from parecon_edu import economy, institutions",
                "",
                *_town_lines(scenario),
                f"bad = institutions.comparison.shock(town, surprise={surprise / 100!r}, seed={seed})",
                "[bad.town(late) for late in bad.usual.values()]",
            ]
        )

    controls: list[Control] = [
        friction_slider(_SHOCK, value=0.2),
        # Year 11 is an ordinary one: of the first twenty, half are milder.
        Slider("seed", "Which year (another number, another draw)", 1, 50, 1, 11, whole=True),
    ]
    return Panel("surprise", controls, draw, code, later=("seed",), more="More: another year", live=False)


_PAIRS = MappingProxyType(
    {
        OWN: "as I set it",
        "patents/open_blueprints": "patents against open blueprints",
        "patents/committees": "patents against committees",
        "open_blueprints/committees": "open blueprints against committees",
    }
)


def _growth(_: Scenario) -> Panel:
    faster = {pair: _faster(pair) for pair in _PAIRS if pair != OWN}

    def follow(now: Values, changed: Values) -> Values:
        pair = changed.get("pair", OWN)
        if pair != OWN:
            return {"faster": faster[pair]}
        wanted = {**now, **changed}
        if wanted["pair"] != OWN and wanted["faster"] != faster[wanted["pair"]]:
            return {"pair": OWN}
        return {}

    def draw(left: float, faster: float, pair: str) -> Exhibit:
        return figures.good_years(left / 100, faster=faster / 100)

    def code(left: float, faster: float, pair: str) -> str:
        return (
            "from parecon_edu import institutions\n\n"
            f"even = institutions.break_even({left / 100!r}, faster={faster / 100!r})\n"
            "even.years, even.years_repaid"
        )

    controls: list[Control] = [
        Slider("faster", "It grows faster by, a year", 0, 3, 0.05, 0.5, unit="%"),
        Slider("left", "What it has at the start, of what the other has", 40, 100, 1, 90, unit="%"),
        Choice("pair", "Take the difference from lesson 06's models of discovery?", dict(_PAIRS), OWN),
    ]
    later = ("left", "pair")
    more = "More: how much it lags at the start, and models of discovery"
    return _Following("growth", controls, draw, code, follow=follow, later=later, more=more)


def _faster(pair: str) -> float:
    """Return how much faster the first regime grows than the second, per cent a year."""
    first, second = pair.split("/")
    assert {first, second} <= set(REGIMES)
    return round(100 * (discover(first).growth - discover(second).growth), 2)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


_VIEWS: dict[str, Callable[[Scenario], Panel]] = {
    "town": _town,
    "flip": _flip,
    "tornado": _tornado,
    "surprise": _surprise,
    "growth": _growth,
}
