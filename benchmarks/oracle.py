"""Our economies as `demplan` economies: an independent program for the published planning procedure."""

from typing import Any

import numpy as np

from parecon_edu.economy import Economy

KINDS = {
    "private": "private_good",
    "public": "public_good",
    "intermediate": "intermediate",
    "nature": "natural_resource",
    "labour": "labor",
}


def demplan_economy(economy: Economy) -> Any:
    """Return the same economy in the data model of `demplan`."""
    import demplan

    used = economy.inputs >= 0
    wanted = np.flatnonzero(economy.tastes.sum(axis=0) > 0)
    count = economy.product.size
    return demplan.Economy(
        period=1,
        commodity_id=np.arange(economy.kinds.size),
        endowment=np.array(economy.supply),
        unit_id=np.arange(count),
        technology_kind=["hahnel_cobb_douglas_effort"] * count,
        technology_scale=np.array(economy.scale),
        input_offsets=np.concatenate(([0], np.cumsum(used.sum(axis=1)))).astype(np.int64),
        input_commodity=economy.inputs[used].astype(np.int64),
        input_coefficient=np.array(economy.exponents[used]),
        output_offsets=np.arange(count + 1),
        output_commodity=np.array(economy.product, dtype=np.int64),
        output_coefficient=np.ones(count),
        consumer_id=np.arange(economy.income.size),
        commodity_extra={"hahnel_kind": [KINDS[str(kind)] for kind in economy.kinds]},
        unit_extra={
            "effort_c": np.array(economy.effort_exponent),
            "effort_s": np.array(economy.effort_weight),
            "effort_k": np.array(economy.effort_disutility),
        },
        consumer_extra={
            "entitlement": np.array(economy.income),
            "utility_exponent": np.ascontiguousarray(economy.tastes[:, wanted]),
            "utility_exponent_commodity": wanted.astype(np.int64),
        },
    )


def demplan_worst(economy: Economy, *, threshold: float, start: float = 700.0, max_rounds: int = 250) -> np.ndarray:
    """Return the worst imbalance of every round that `demplan` plays on this economy by the published rule."""
    import demplan
    from demplan.prefabs import HahnelBook2021

    theirs = demplan_economy(economy)
    procedure = HahnelBook2021(100 * threshold, max_rounds, start, record_trajectory=True)
    trajectory = demplan.run(procedure, theirs, seed=0, differences=False).summary.trajectory
    supply = np.array([plan.total_output(theirs) for plan in trajectory]) + economy.supply
    demand = np.array([plan.extra["consumer_demand"] + plan.total_input_use(theirs) for plan in trajectory])
    return np.abs(2 * (supply - demand) / (supply + demand)).max(axis=1)
