"""The published generator draws what the simulations drew, and next year is a little different."""

import numpy as np
import pytest

from parecon_edu import economy

BIG = economy.published(11)


def test_sizes_are_those_of_the_published_runs():
    assert {kind: int((BIG.kinds == kind).sum()) for kind in economy.KINDS} == dict.fromkeys(economy.KINDS, 10)
    by_kind = np.bincount(BIG.product, minlength=50)
    assert (by_kind[BIG.made] == 100).all()
    assert by_kind[~BIG.made].sum() == 0
    assert (BIG.income == 5000).all()
    assert len(BIG.income) == 3000
    assert (BIG.supply[~BIG.made] == 1000).all()
    assert (BIG.start == 700).all()


@pytest.mark.parametrize(("kind", "fewest", "most"), [("intermediate", 1, 4), ("nature", 1, 2), ("labour", 1, 2)])
def test_every_number_of_inputs_of_a_kind_is_equally_likely(kind, fewest, most):
    of_kind = np.append(BIG.kinds == kind, False)[BIG.inputs].sum(axis=1)
    share = np.bincount(of_kind, minlength=most + 1)[fewest:] / 3000
    assert share.sum() == 1
    # 3,000 draws: four standard errors of a share of 1/4 or 1/2 are below .037.
    np.testing.assert_allclose(share, 1 / (most - fewest + 1), atol=0.037)


def test_all_goods_of_a_kind_are_equally_likely_inputs():
    users = np.bincount(BIG.inputs[BIG.inputs >= 0], minlength=50)
    for kind, mean in (("intermediate", 2.5), ("nature", 1.5), ("labour", 1.5)):
        # Each of 3,000 workplaces uses a given good with chance mean/10: four standard errors.
        spread = 4 * np.sqrt(3000 * mean / 10 * (1 - mean / 10))
        np.testing.assert_allclose(users[BIG.kinds == kind], 300 * mean, atol=spread)


def test_numbers_fill_their_ranges():
    used = BIG.inputs >= 0
    times_number = (BIG.exponents * used.sum(axis=1)[:, None])[used]
    wanted = BIG.tastes[:, np.isin(BIG.kinds, ("private", "public"))]
    for values, low, high in (
        (times_number, 0.75, 0.85), (BIG.scale, 4, 6), (BIG.effort_exponent, 0.05, 0.1),
        (BIG.effort_disutility, 3, 4), (wanted, 0.025, 0.05),
    ):  # fmt: skip
        assert low <= values.min() < low + 0.01 * (high - low)
        assert high - 0.01 * (high - low) < values.max() <= high
        assert abs(values.mean() - (low + high) / 2) < 4 * (high - low) / np.sqrt(12 * values.size)
    assert (BIG.effort_weight == 1).all()


def test_the_same_seed_gives_the_same_economy_and_another_seed_another():
    again, other = economy.published(11), economy.published(12)
    np.testing.assert_array_equal(BIG.exponents, again.exponents)
    np.testing.assert_array_equal(BIG.tastes, again.tastes)
    assert not np.array_equal(BIG.exponents.sum(axis=1), other.exponents.sum(axis=1))


@pytest.mark.parametrize("goods", [1, 2, 3])
@pytest.mark.parametrize("seed", range(20))
def test_small_economies_have_no_free_good(goods, seed):
    small = economy.published(seed, goods=goods, per_industry=3, consumers=2)
    used = np.bincount(small.inputs[small.inputs >= 0], minlength=5 * goods)
    assert (used[np.isin(small.kinds, ("intermediate", "nature", "labour"))] > 0).all()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(dict(seed=-1), "seed"), (dict(seed=1.5), "seed"), (dict(seed=1, goods=0), "goods"),
     (dict(seed=1, goods=5, per_industry=4), "per_industry"), (dict(seed=1, consumers=0), "consumers"),
     (dict(seed=1, supply=0), "supply"), (dict(seed=1, supply=np.nan), "supply")],
)  # fmt: skip
def test_sizes_that_make_no_economy_are_refused(arguments, words):
    with pytest.raises((ValueError, TypeError), match=words):
        economy.published(**arguments)


def test_next_year_takes_the_published_steps_equally_often():
    after, used = economy.next_year(BIG, seed=5), BIG.inputs >= 0
    wanted = BIG.tastes > 0
    for old, new, steps in (
        (BIG.exponents[used], after.exponents[used], (0, 1, 2, 3, 4)),
        (BIG.tastes[wanted], after.tastes[wanted], (-2, -1, 0, 1, 2)),
    ):
        step = np.rint(1000 * (new - old))
        np.testing.assert_allclose(new - old, step / 1000, atol=1e-15)
        share = [np.mean(step == s) for s in steps]
        np.testing.assert_allclose(share, 0.2, atol=4 * np.sqrt(0.16 / step.size))
    assert (after.exponents[~used] == 0).all()
    assert (after.tastes[~wanted] == 0).all()


def test_next_year_leaves_the_old_year_and_everything_else_alone():
    before = BIG.exponents.copy()
    after = economy.next_year(BIG, seed=5)
    np.testing.assert_array_equal(BIG.exponents, before)
    for name in ("supply", "product", "scale", "effort_exponent", "inputs", "income", "start"):
        np.testing.assert_array_equal(getattr(after, name), getattr(BIG, name))
    np.testing.assert_array_equal(after.tastes, economy.next_year(BIG, seed=5).tastes)


def test_a_year_that_would_leave_a_workplace_without_a_best_plan_is_refused():
    edge = economy.from_arrays(
        kinds=["private", "labour"], supply=[0, 100], product=[0] * 20, scale=[5] * 20, effort_exponent=[0.35] * 20,
        effort_disutility=[3.5] * 20, effort_weight=[1] * 20, inputs=[[1]] * 20, exponents=[[0.899]] * 20,
        tastes=[[1, 0]], income=[1000],
    )  # fmt: skip
    with pytest.raises(ValueError, match="no best plan"):
        economy.next_year(edge, seed=1)
