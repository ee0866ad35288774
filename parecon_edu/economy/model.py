"""One economy: who makes what from what, who wants what, and what they propose at given prices.

The model of the participatory-planning simulations (Hahnel 2021, *Democratic Economic Planning*, ch. 9;
Szczepanczyk 2023), with pollution added so that markets and central plans can run on it too.

Goods come in five kinds. *Private* and *public* goods are wanted by neighbourhoods (consumer councils),
*intermediate* goods by other workplaces; all three are made by workplaces (worker councils). *Nature* and
*labour* (by category) are there in a fixed supply. A private good may also be an input.
"""

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parecon_edu.validation import arrays as checks
from parecon_edu.validation.arrays import Floats, Indices
from parecon_edu.validation.people import plain, show

KINDS = ("private", "intermediate", "nature", "labour", "public")
MADE = ("private", "intermediate", "public")
WANTED = ("private", "public")

# No output goes beyond e**150 either way: a workplace with almost constant returns answers a small change of prices
# with an astronomical one, and the arithmetic has to stay finite to be able to say so.
LARGEST_LOG = 150.0
LOWEST_PRICE, HIGHEST_PRICE = 1e-105, 1e105


@dataclass(frozen=True, eq=False)
class Economy:
    """Who makes what from what, and who wants what. Frozen, and checked when built.

    G goods, J workplaces (worker councils) with at most M inputs each, H neighbourhoods (consumer councils).

    Parameters
    ----------
    kinds : (G,) text
        "private", "intermediate", "nature", "labour" or "public".
    supply : (G,)
        What there is of nature and of labour a year; 0 for what is made.
    product : (J,) whole numbers
        The good each workplace makes.
    scale, effort_exponent, effort_disutility, effort_weight : (J,)
        a, c, k and s of Q = a e**c prod(x**b) and of the burden of effort s e**k.
    inputs : (J, M) whole numbers
        The goods each workplace uses; -1 where a place is empty.
    exponents : (J, M)
        b, the exponent of each input; what stands at empty places does not count.
    tastes : (H, G)
        alpha and beta, how much each neighbourhood cares for each private and public good; 0 for all others.
    income : (H,)
        What each neighbourhood may spend, in the unit of account.
    emissions : (J,)
        Smoke per unit of output; None for none.
    damage : (H,)
        d in the harm d E**2 / 2 that total emissions E do to a neighbourhood, in units of utility; None for none.
    start : number or (G,)
        The prices with which planning starts, unless told otherwise.
    goods, workplaces, neighbourhoods : names
        Optional; messages and tables use them. Goods are named after their kind if nothing is given.

    Raises
    ------
    ValueError, TypeError
        In plain words, with the council or the good: for numbers out of range, for a good that nobody makes or
        nobody uses (its price would rise or fall for ever), and where B + c/k >= 1 (B the sum of a workplace's
        exponents): such a workplace has no best plan, since making more is always better or always worse.

    Examples
    --------
    >>> bakery = Economy(
    ...     kinds=("private", "labour"), supply=(0, 100), product=(0,), scale=(5,), effort_exponent=(0.08,),
    ...     effort_disutility=(3.5,), effort_weight=(1,), inputs=((1,),), exponents=((0.6,),),
    ...     tastes=((1, 0),), income=(1000,), goods=("bread", "work"))
    >>> bakery.kinds[1], bakery.goods[0]
    (np.str_('labour'), 'bread')
    """

    kinds: NDArray[np.str_]
    supply: Floats
    product: Indices
    scale: Floats
    effort_exponent: Floats
    effort_disutility: Floats
    effort_weight: Floats
    inputs: Indices
    exponents: Floats
    tastes: Floats
    income: Floats
    emissions: Floats = None  # type: ignore[assignment]
    damage: Floats = None  # type: ignore[assignment]
    start: Floats = 700.0  # type: ignore[assignment]
    goods: tuple[str, ...] = ()
    workplaces: tuple[str, ...] = ()
    neighbourhoods: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, value in _checked(self).items():
            object.__setattr__(self, name, value)
        # What never changes with prices is summed here, once, and not in every round.
        _ = self.spending, self.messages_per_round

    def __reduce__(self) -> tuple[type["Economy"], tuple[Any, ...]]:
        # A copy or an unpickled economy is built, checked and frozen again: plain unpickling would leave it writable.
        return type(self), tuple(getattr(self, f.name) for f in fields(self))

    def good_name(self, g: int) -> str:
        """Return the name of good `g`."""
        return self.goods[g]

    def workplace_name(self, j: int) -> str:
        """Return the name of workplace `j`."""
        return self.workplaces[j] if self.workplaces else f"workplace {j}"

    def neighbourhood_name(self, h: int) -> str:
        """Return the name of neighbourhood `h`."""
        return self.neighbourhoods[h] if self.neighbourhoods else f"neighbourhood {h}"

    @cached_property
    def made(self) -> NDArray[np.bool_]:
        """Which goods are made (the others are there in a fixed supply)."""
        return np.isin(self.kinds, MADE)

    @cached_property
    def returns(self) -> Floats:
        """B + c/k of each workplace: by how many percent revenue rises when all costs rise by one percent."""
        return np.asarray(self.exponents.sum(axis=1) + self.effort_exponent / self.effort_disutility)

    @cached_property  # filled in by the checks, which need it too
    def all_tastes(self) -> Floats:
        """T, the sum of each neighbourhood's tastes (H,)."""
        return np.asarray(self.tastes.sum(axis=1))

    @cached_property
    def spending(self) -> Floats:
        """What all neighbourhoods together spend on each good (G,), whatever the prices are.

        Cobb-Douglas tastes give every good a fixed share of income, taste over the sum of tastes; public goods
        are charged by the same shares (Lindahl 1919, Samuelson 1954). So this is summed once, not every round.
        """
        return np.asarray((self.income / self.all_tastes) @ self.tastes)

    @cached_property
    def messages_per_round(self) -> int:
        """Numbers sent to the board a round: output and inputs by makers, goods with a taste by neighbourhoods."""
        return int(self.product.size + np.count_nonzero(self.inputs >= 0) + np.count_nonzero(self.tastes))

    def accounts(self, prices: ArrayLike, *, charge: ArrayLike = 0.0) -> "Accounts":
        """Return all proposals at these prices as itemised accounts, for whoever reads more than totals."""
        prices = _prices(self, prices)
        value, output = _output(self, prices, _charge(self, charge))
        inputs = self._technology.shares.copy()
        inputs.data = inputs.data * np.repeat(value * output, np.diff(inputs.indptr)) / prices[inputs.indices]
        return Accounts(self.product, output, value * output, inputs, np.where(output > 0, 1 / self.returns, 0.0))

    @cached_property
    def _technology(self) -> "_Technology":
        return _Technology.of(self)

    def respond(self, prices: ArrayLike, *, charge: ArrayLike = 0.0) -> tuple[Floats, Floats]:
        """Return society's supply and demand (G,) of every good: all proposals at these prices, added up.

        Examples
        --------
        >>> from parecon_edu import economy
        >>> supply, demand = economy.published(1, goods=2, per_industry=10, consumers=10).respond([700.0] * 10)
        >>> supply.shape, demand.shape
        ((10,), (10,))
        """
        prices = _prices(self, prices)
        value, output = _output(self, prices, _charge(self, charge))
        supply = self.supply + np.bincount(self.product, output, minlength=prices.size)
        demand = (self.spending + self._technology.shares_by_good @ (value * output)) / prices
        return supply, demand


def from_arrays(
    kinds: ArrayLike,
    supply: ArrayLike,
    product: ArrayLike,
    scale: ArrayLike,
    effort_exponent: ArrayLike,
    effort_disutility: ArrayLike,
    effort_weight: ArrayLike,
    inputs: ArrayLike,
    exponents: ArrayLike,
    tastes: ArrayLike,
    income: ArrayLike,
    emissions: ArrayLike | None = None,
    damage: ArrayLike | None = None,
    start: ArrayLike = 700.0,
    **names: tuple[str, ...],
) -> Economy:
    """Return the `Economy` made of these arrays, which are copied; see there for shapes, units and refusals.

    `names` are `goods`, `workplaces` and `neighbourhoods`.

    Examples
    --------
    >>> economy = from_arrays(
    ...     kinds=["private", "labour"], supply=[0, 100], product=[0], scale=[5], effort_exponent=[0.08],
    ...     effort_disutility=[3.5], effort_weight=[1], inputs=[[1]], exponents=[[0.6]],
    ...     tastes=[[1, 0]], income=[1000])
    >>> economy.goods
    ('private 1', 'labour 1')
    """
    arguments: dict[str, Any] = dict(locals())
    return Economy(**arguments.pop("names"), **arguments)


@dataclass(frozen=True, eq=False)
class Proposals:
    """What every workplace proposes: output (J,), inputs (J, M), effort (J,), social benefit over cost (J,)."""

    output: Floats
    inputs: Floats
    effort: Floats
    benefit_cost: Floats


@dataclass(frozen=True, eq=False)
class Accounts:
    """All workplaces' proposals of a round, item by item.

    `product` (J,) is the good each makes, `output` (J,) how much of it, `revenue` (J,) what that is worth after the
    charge on emissions, `inputs` a sparse array (J, G) of quantities, `benefit_cost` (J,) social benefit over cost.
    """

    product: Indices
    output: Floats
    revenue: Floats
    inputs: Any
    benefit_cost: Floats


def worker_proposals(economy: Economy, prices: ArrayLike, *, charge: ArrayLike = 0.0) -> Proposals:
    """Return what every workplace proposes at these prices.

    Each maximises the value of its output less what its inputs cost, less the charge on its emissions, less the
    burden of its effort: (lambda - t epsilon) Q - sum p x - s e**k with Q = a e**c prod(x**b). The best plan has
    a closed form (Hahnel 2021, ch. 9): with lambda' = lambda - t epsilon,

    ln Q = [k ln a + c ln(lambda' c / (s k)) + k sum b ln(lambda' b / p)] / (k - c - k B),
    x = lambda' b Q / p,  e = (lambda' c Q / (s k))**(1/k).

    Parameters
    ----------
    economy
        The economy.
    prices : (G,)
        Indicative prices, above 0.
    charge
        t, the charge per unit of emissions: one number, or one a workplace.

    Returns
    -------
    Proposals
        A workplace whose good is worth no more than the charge on its smoke proposes nothing. `benefit_cost` is
        the value lambda' Q over the cost of inputs and effort, 1/(B + c/k) at every best plan, and 0 where
        nothing is proposed. It does not depend on a: a workplace that hides capacity shows the same ratio.

    Raises
    ------
    TypeError, ValueError
        If this is no economy, a price is not a number above 0, or a charge is not a number of 0 or more.

    Examples
    --------
    >>> economy = from_arrays(
    ...     kinds=["private", "nature", "labour"], supply=[0, 100, 100], product=[0], scale=[5],
    ...     effort_exponent=[0.08], effort_disutility=[3.5], effort_weight=[1], inputs=[[1, 2]],
    ...     exponents=[[0.4, 0.4]], tastes=[[1, 0, 0]], income=[1000])
    >>> proposals = worker_proposals(economy, [700, 600, 500])
    >>> proposals.output.round(7), proposals.inputs.round(7), proposals.effort.round(8)
    (array([609.7572994]), array([[284.5534064, 341.4640877]]), array([13.79727835]))
    """
    known(economy)
    prices = _prices(economy, prices)
    value, output = _output(economy, prices, _charge(economy, charge))
    revenue = value * output
    inputs = economy.exponents * revenue[:, None] / prices[economy.inputs]
    burden = revenue * economy.effort_exponent / economy.effort_disutility
    log_effort = np.log(burden / economy.effort_weight, out=np.full_like(burden, -np.inf), where=burden > 0)
    effort = np.exp(np.minimum(log_effort / economy.effort_disutility, LARGEST_LOG))
    cost = (inputs * prices[economy.inputs]).sum(axis=1) + burden  # the burden of effort is s e**k
    ratio = np.divide(revenue, cost, out=np.zeros_like(cost), where=cost > 0)
    return Proposals(output, inputs, effort, ratio)


def consumer_proposals(economy: Economy, prices: ArrayLike) -> Floats:
    """Return what every neighbourhood asks for (H, G) at these prices; the column sums are society's demand.

    A neighbourhood spends its income in proportion to its tastes: I alpha / (T p) of a private good, T the sum of
    its tastes. Of a public good it asks for I beta / (T p), its part of the level that everybody shares: each is
    charged by its own willingness to pay (the Lindahl/Samuelson rule).

    Parameters
    ----------
    economy
        The economy.
    prices : (G,)
        Indicative prices, above 0.

    Raises
    ------
    TypeError, ValueError
        If this is no economy, or a price is not a number above 0.

    Examples
    --------
    >>> economy = from_arrays(
    ...     kinds=["private", "labour"], supply=[0, 100], product=[0], scale=[5], effort_exponent=[0.08],
    ...     effort_disutility=[3.5], effort_weight=[1], inputs=[[1]], exponents=[[0.6]],
    ...     tastes=[[1, 0]], income=[1000])
    >>> consumer_proposals(economy, [20, 10])
    array([[50.,  0.]])
    """
    known(economy)
    shares = (economy.income / economy.all_tastes)[:, None] * economy.tastes
    return np.asarray(shares / _prices(economy, prices))


@dataclass(frozen=True, eq=False)
class _Technology:
    """The workplaces' answers, made ready: ln Q = constant + elasticity ln(lambda') + crossed @ ln p."""

    constant: Floats  # (J,)
    elasticity: Floats  # (J,) (B + c/k) / (1 - B - c/k)
    crossed: Any  # sparse (J, G), -b / (1 - B - c/k)
    shares: Any  # sparse (J, G), b
    shares_by_good: Any  # the same by good (G, J)

    @classmethod
    def of(cls, economy: Economy) -> "_Technology":
        from scipy import sparse  # here, so that importing the library stays quick

        a, b = economy.scale, economy.exponents
        c, k, s = economy.effort_exponent, economy.effort_disutility, economy.effort_weight
        curvature = 1 - economy.returns
        used = economy.inputs >= 0
        log_b = np.log(b, out=np.zeros_like(b), where=used)
        constant = (np.log(a) + c / k * np.log(c / (s * k)) + (b * log_b).sum(axis=1)) / curvature
        ends = np.concatenate(([0], np.cumsum(used.sum(axis=1))))
        shape = (economy.product.size, economy.kinds.size)
        shares = sparse.csr_array((b[used], economy.inputs[used], ends), shape=shape)
        crossed = sparse.csr_array(((-b / curvature[:, None])[used], economy.inputs[used], ends), shape=shape)
        return cls(constant, economy.returns / curvature, crossed, shares, shares.T.tocsr())


def _output(economy: Economy, prices: Floats, charge: Floats | None) -> tuple[Floats, Floats]:
    """Return lambda' (never below 0) and the output of each workplace."""
    technology = economy._technology
    log_prices = np.log(prices)
    if charge is None:
        value = prices[economy.product]
        log_value = log_prices[economy.product]
    else:
        value = np.maximum(prices[economy.product] - charge * economy.emissions, 0.0)
        log_value = np.log(value, out=np.zeros_like(value), where=value > 0)
    log_output = technology.constant + technology.elasticity * log_value + technology.crossed @ log_prices
    output = np.exp(np.clip(log_output, -LARGEST_LOG, LARGEST_LOG))
    return value, np.where(value > 0, output, 0.0)


def known(economy: Economy) -> None:
    """Refuse anything but an economy, and say how to get one."""
    if not isinstance(economy, Economy):
        raise TypeError(
            f"economy must be an Economy: you gave {show(economy)}. Get one by economy.published(seed), "
            "economy.from_arrays(...), or as economy.scenario('riverside').economy."
        )


def _prices(economy: Economy, prices: ArrayLike) -> Floats:
    # A round asks for this every time: what is plainly in order is let through at once.
    if isinstance(prices, np.ndarray) and prices.dtype == np.float64 and prices.shape == economy.kinds.shape:
        array = prices
    else:
        array = checks.numbers("prices", prices, shape=economy.kinds.shape, per="one price a good")
    if not (array.min() >= LOWEST_PRICE and array.max() <= HIGHEST_PRICE):
        good = (array >= LOWEST_PRICE) & (array <= HIGHEST_PRICE)
        checks.require("prices", array, good, "must be above 0 (and finite)", "Put a price above 0", economy.good_name)
    return array


def _charge(economy: Economy, charge: ArrayLike) -> Floats | None:
    """Return the charge as an array, or None where there is none."""
    charge = plain(charge)
    if isinstance(charge, np.ndarray) and charge.dtype == np.float64 and charge.shape == economy.product.shape:
        array = charge
    elif hasattr(charge, "__len__") and not isinstance(charge, str):
        array = checks.numbers("charge", charge, shape=economy.product.shape, per="one charge a workplace")
    else:
        array = np.asarray(checks.one_number("charge", charge, low=0.0, high=checks.LARGEST))
    if not (array.min() >= 0 and array.max() <= checks.LARGEST):
        checks.not_negative("charge", array, economy.workplace_name)
    return array if array.any() else None


def _checked(economy: Economy) -> dict[str, Any]:
    """Return all fields as frozen arrays of the right shape, or refuse them by name."""
    kinds = _kinds(economy.kinds)
    goods = checks.distinct("goods", economy.goods or _names_by_kind(kinds), kinds.size)
    product = checks.numbers("product", economy.product, shape=(None,), per="the good that each workplace makes")
    n_goods, n_work = kinds.size, product.size
    fields: dict[str, Any] = {"kinds": kinds, "goods": goods}
    fields["product"] = checks.indices(
        "product", product, shape=(n_work,), low=0, high=n_goods, per="one good a workplace"
    )
    fields["inputs"] = checks.indices(
        "inputs", economy.inputs, shape=(n_work, None), low=-1, high=n_goods, per="one row of inputs a workplace"
    )
    fields["supply"] = checks.numbers("supply", economy.supply, shape=(n_goods,), per="one number a good")
    fields["workplaces"] = checks.distinct("workplaces", economy.workplaces, n_work) if economy.workplaces else ()

    def workplace(j: int) -> str:
        return fields["workplaces"][j] if fields["workplaces"] else f"workplace {j}"

    for name in ("scale", "effort_exponent", "effort_disutility", "effort_weight"):
        fields[name] = checks.numbers(name, getattr(economy, name), shape=(n_work,), per="one number a workplace")
        checks.positive(name, fields[name], workplace)
    emissions = np.zeros(n_work) if economy.emissions is None else economy.emissions
    fields["emissions"] = checks.numbers("emissions", emissions, shape=(n_work,), per="one number a workplace")
    checks.not_negative("emissions", fields["emissions"], workplace)
    exponents = checks.numbers("exponents", economy.exponents, shape=fields["inputs"].shape, per="one for each input")
    fields["exponents"] = _check_technology(fields, exponents, workplace)
    fields["income"] = checks.numbers("income", economy.income, shape=(None,), per="one income a neighbourhood")
    n_home = fields["income"].size
    fields["neighbourhoods"] = (
        checks.distinct("neighbourhoods", economy.neighbourhoods, n_home) if economy.neighbourhoods else ()
    )

    def neighbourhood(h: int) -> str:
        return fields["neighbourhoods"][h] if fields["neighbourhoods"] else f"neighbourhood {h}"

    checks.not_negative("income", fields["income"], neighbourhood)
    if not 0 < fields["income"].sum() < np.inf:
        raise ValueError("income is 0 in every neighbourhood, so nobody can ask for anything. Put some above 0.")
    damage = np.zeros(n_home) if economy.damage is None else economy.damage
    fields["damage"] = checks.numbers("damage", damage, shape=(n_home,), per="one number a neighbourhood")
    checks.not_negative("damage", fields["damage"], neighbourhood)
    tastes = checks.numbers(
        "tastes", economy.tastes, shape=(n_home, n_goods), per="a row a neighbourhood, one taste a good"
    )
    fields["tastes"] = tastes
    fields["all_tastes"], wanted = _check_tastes(tastes, kinds, goods, neighbourhood)
    start = np.asarray(economy.start)
    start = np.full(n_goods, economy.start) if start.ndim == 0 and start.dtype.kind in "iuf" else economy.start
    fields["start"] = checks.numbers("start", start, shape=(n_goods,), per="one price a good")
    checks.positive("start", fields["start"], lambda g: goods[g])
    _check_goods(fields, wanted)
    return fields


def _kinds(kinds: Any) -> NDArray[np.str_]:
    array = np.array(kinds, dtype=np.str_)
    if array.ndim != 1 or array.size == 0:
        raise ValueError("kinds must be a list with the kind of each good, at least one.")
    unknown = [str(kind) for kind in array if kind not in KINDS]
    if unknown:
        raise ValueError(f"kinds knows {', '.join(KINDS)}, but not {unknown[0]!r}. Put one of these.")
    array.flags.writeable = False
    return array


def _names_by_kind(kinds: NDArray[np.str_]) -> tuple[str, ...]:
    """Name goods after their kind: private 1, private 2, nature 1, …."""
    return tuple(f"{kind} {np.count_nonzero(kinds[: g + 1] == kind)}" for g, kind in enumerate(kinds))


def _check_technology(fields: dict[str, Any], exponents: Floats, workplace: checks.Namer) -> Floats:
    """Return the exponents, 0 at empty places; refuse workplaces that have no best plan."""
    used = fields["inputs"] >= 0
    good = np.isfinite(exponents) & ((exponents >= checks.SMALLEST) & (exponents < 1) | ~used)
    checks.require(
        "exponents", exponents, good, "must be finite and above 0", "Put -1 in inputs if it is unused", workplace
    )
    ordered = np.sort(fields["inputs"], axis=1)
    twice = ((ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] >= 0)).any(axis=1)
    if twice.any():
        j = int(np.argmax(twice))
        raise ValueError(f"inputs names a good twice: {workplace(j)} has {fields['inputs'][j].tolist()}. Add them up.")
    exponents = np.where(used, exponents, 0.0)
    exponents.flags.writeable = False
    returns = exponents.sum(axis=1) + fields["effort_exponent"] / fields["effort_disutility"]
    if not (returns < 1).all():
        j = int(np.argmin(returns < 1))
        raise ValueError(
            f"{workplace(j)} has no best plan: its exponents and effort add up to B + c/k = {returns[j]:.6g}, and "
            "from 1 on making more always pays or never pays. Make its exponents or its effort_exponent smaller."
        )
    return exponents


def _check_tastes(
    tastes: Floats, kinds: NDArray[np.str_], goods: tuple[str, ...], neighbourhood: checks.Namer
) -> tuple[Floats, NDArray[np.bool_]]:
    """Refuse tastes below 0, or for what nobody can want; return each neighbourhood's sum, and which are wanted."""
    total = tastes.sum(axis=1)  # not finite if any taste is not, so that one pass over a large array is enough
    if not (np.isfinite(total).all() and total.max() <= checks.LARGEST and tastes.min() >= 0):
        checks.not_negative("tastes", tastes, neighbourhood)
        raise ValueError("tastes are too large to be added up. Only their proportions count: make them smaller.")
    if total.min() < checks.SMALLEST:
        h = int(np.argmin(total))
        raise ValueError(f"tastes are all 0 for {neighbourhood(h)}, so it cannot spend its income. Put one above 0.")
    wanted = np.asarray(np.ones(len(tastes)) @ tastes > 0)
    wrong = wanted & ~np.isin(kinds, WANTED)
    if wrong.any():
        g = int(np.argmax(wrong))
        raise ValueError(
            f"tastes are for private and public goods only, but {goods[g]} ({kinds[g]}) has some. Put 0 there."
        )
    return total, wanted


def _check_goods(fields: dict[str, Any], wanted: NDArray[np.bool_]) -> None:
    """Refuse goods without a maker or without a user: their price would rise or fall for ever."""
    kinds, supply, goods = fields["kinds"], fields["supply"], fields["goods"]
    made = np.isin(kinds, MADE)
    count = kinds.size
    makers = np.bincount(fields["product"], minlength=count)
    flat = fields["inputs"].ravel()
    users = np.bincount(flat[flat >= 0], minlength=count)
    checks.not_negative("supply", supply, lambda g: goods[g])
    troubles = (
        (made & (supply > 0), "supply must be 0 for what is made: {} ({}) has some", "Put 0"),
        (~made & (supply == 0), "supply of {} ({}) is 0, and nobody can make it", "Put a number above 0"),
        (~made & (makers > 0), "product names {} ({}), which cannot be made", "Let that workplace make another good"),
        (made & (makers == 0), "nobody makes {} ({}), so its price would rise for ever", "Add a workplace or drop it"),
        (
            (kinds == "public") & (users > 0),
            "inputs name {} ({}), which everybody shares",
            "Use a good of another kind",
        ),
        (
            (users == 0) & ~wanted,
            "nobody uses {} ({}): it is free, and its price would fall for ever",
            "Give it a user or drop it",
        ),
    )
    for wrong, trouble, mend in troubles:
        if wrong.any():
            g = int(np.argmax(wrong))
            raise ValueError(f"{trouble.format(goods[g], kinds[g])}. {mend}.")
