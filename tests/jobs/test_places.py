"""Workplaces as data: those that come with the course can be balanced, and a misspelt one is refused by name."""

import pytest

from parecon_edu import jobs

SMALL = """
tasks = [{name = "cook", hours = 10, ratings = [5, 4]}, {name = "dishes", hours = 5, ratings = [1, 1]}]
workers = [{name = "Bo", hours = 15, likes = {dishes = -1}, training = {cook = 8}}]
"""


@pytest.mark.parametrize("name", jobs.WORKPLACES)
def test_each_workplace_can_be_divided_in_all_three_ways(name):
    place = jobs.workplace(name)
    balanced = jobs.balance(place, prefer="preferences", search=0)
    # Balance means less difference than rank makes, and no more than turns leave.
    assert balanced.tolerance <= jobs.rotation(place).tolerance + 1e-6 < jobs.corporate(place).tolerance
    assert place.training_hours is not None
    assert place.ratings.shape == (len(place.tasks), 2)


def test_a_text_becomes_the_workplace_it_describes():
    place = jobs.read(SMALL)
    assert (place.tasks, place.workers) == (("cook", "dishes"), ("Bo",))
    assert place.preferences.tolist() == [[0, -1]]
    assert place.training_hours.tolist() == [[8, 0]]
    assert place.qualified.all()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("likes", "lieks", "unknown field 'lieks'. Did you mean 'likes'"),
        ("{dishes = -1}", "{dihses = -1}", "'dihses' that is not in the list. Did you mean 'dishes'"),
        ("workers =", "worker =", "unknown field 'worker'. Did you mean 'workers'"),
        (", ratings = [1, 1]", "", "'dishes' has no ratings"),
        ("[1, 1]", "[1]", r"'dishes' must have 2 ratings .* it has \[1\]"),
        ("hours = 15,", "", "'Bo' has no hours"),
        ("hours = 15", "hours = 12", "add up: the tasks take 15, the workers have 12"),
        ("{cook = 8}", "{cook = 'long'}", "'cook' has 'long'"),
        ("{cook = 8}", "8", "'training' must say a number for each task"),
        ("[{", "[{{", "not TOML"),
        ('"Bo"', '"Bo", cannot = "cook"', "'cannot' must be a list"),
        ('"dishes"', '"cook"', "'cook' comes up 2 times"),
    ],
)
def test_a_misspelt_or_contradictory_text_is_refused_by_name(old, new, words):
    assert old in SMALL
    with pytest.raises(ValueError, match=words):
        jobs.read(SMALL.replace(old, new))


def test_only_known_names_and_texts():
    with pytest.raises(TypeError, match="in quotation marks"):
        jobs.workplace(3)
    with pytest.raises(ValueError, match="Did you mean 'clinic'"):
        jobs.workplace("clinc")
    with pytest.raises(TypeError, match="must be text"):
        jobs.read(b"tasks = []")
