"""Fairness in the code: no institution has an advantage that is no friction, and every preset says why it is there."""

import dataclasses
import tomllib
from importlib import resources

import pytest

from parecon_edu import economy
from parecon_edu.economy.scenarios import CASES, INSTITUTIONS, Case, Preset, read
from parecon_edu.institutions import compare
from parecon_edu.institutions.comparison.discovery import REGIMES
from parecon_edu.institutions.frictions import frictions_of


def source(package, name):
    return resources.files(package).joinpath("data", f"{name}.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", economy.SCENARIOS)
def test_no_institution_is_ahead_anywhere_for_anybody_once_every_friction_is_nought(name):
    """Every friction is put to 0 by hand, in the failure case: what a case does besides its frictions would show."""
    town = economy.scenario(name)
    nought = {of: {friction.name: 0 for friction in frictions_of(of)} for of in INSTITUTIONS}
    result = compare(town, case="failure", seed=5, **nought)
    for outcome in result.outcomes:
        assert outcome.equivalent == pytest.approx(1, abs=1e-9), outcome.institution
        assert outcome.equivalent_by_council == pytest.approx(1, abs=1e-9), outcome.institution
        assert outcome.losers == (), outcome.institution


@pytest.mark.parametrize("name", economy.SCENARIOS)
def test_every_preset_of_every_town_is_read_from_its_file_with_a_reason(name):
    data = tomllib.loads(source("parecon_edu.economy", name))["cases"]
    if isinstance(data, str):  # this town takes another's cases
        data = tomllib.loads(source("parecon_edu.economy", data))["cases"]
    town = economy.scenario(name)
    for institution in INSTITUTIONS:
        for case in CASES:
            written = {key: row for key, row in data[institution][case].items() if key != "reason"}
            assert len(data[institution][case]["reason"].strip()) > 20, (institution, case)
            assert set(town.cases[institution][case].presets) == set(written)
            for friction, row in written.items():
                assert set(row) == {"value", "reason"}, (institution, case, friction)
                assert len(row["reason"].strip()) > 10, (institution, case, friction)
                assert town.cases[institution][case].presets[friction] == Preset(row["value"], row["reason"])


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_preset_or_a_case_without_a_reason_is_refused(reason):
    town = read(source("parecon_edu.economy", "riverside"))
    old = town.cases["market"]["typical"]
    silent = dict(old.presets) | {"slack": Preset(0.1, reason)}
    for case, message in (
        (Case(old.reason, silent), "slack in the typical case of market has no reason. Say why it is 0.1"),
        (Case(reason, old.presets), "The typical case of market has no reason. Say what it stands for"),
    ):
        cases = dict(town.cases) | {"market": dict(town.cases["market"]) | {"typical": case}}
        with pytest.raises(ValueError, match=message):
            dataclasses.replace(town, cases=cases)


def test_every_number_about_discovery_has_a_reason():
    data = tomllib.loads(source("parecon_edu.institutions.comparison", "discovery"))
    assert set(data) == {"all", *REGIMES}
    for regime, rows in data.items():
        for name, row in rows.items():
            words = row if name == "reason" else row["reason"]
            assert len(words.strip()) > 20, (regime, name)
