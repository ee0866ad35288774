"""How far a division of tasks has come: a bar in a notebook after a second, nothing anywhere else."""

import contextvars
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 1.0  # seconds without a bar
BETWEEN = 0.2  # seconds between two pictures of it


@contextmanager
def watched(name: str, *, steps: int) -> Iterator[Callable[[str], None]]:
    """Watch a computation of a few long steps, which cannot say themselves how far they are.

    The solver answers only when a step is done. So a second thread looks on and says which step it is and for how many
    seconds it has been going.

    Parameters
    ----------
    name : str
        What is being computed.
    steps : int
        How many steps there are.

    Yields
    ------
    callable
        ``step(words)``, to be called when a step begins.

    Examples
    --------
    >>> with watched("Dividing tasks", steps=2) as step:
    ...     step("who may do what")
    """
    began, words = [0], [""]
    done = threading.Event()

    def step(what: str) -> None:
        began[0] += 1
        words[0] = what

    def look_on() -> None:
        started = time.monotonic()
        if done.wait(PATIENCE):
            return
        # Loaded only now: whoever divides a bakery never waits for it.
        from parecon_edu.planning.progress import Progress

        with Progress(name, total=steps) as progress:
            while not done.wait(BETWEEN):
                seconds = f"{time.monotonic() - started:.0f} seconds so far"
                progress.update(began[0] - 1, f"step {began[0]} of {steps}, {words[0]} ({seconds})")

    # A thread of its own context would not know which cell of a notebook it belongs to.
    thread = threading.Thread(target=contextvars.copy_context().run, args=(look_on,), daemon=True)
    thread.start()
    try:
        yield step
    finally:
        done.set()
        thread.join()
