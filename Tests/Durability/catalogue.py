"""All tests of durability by name; the long ones, and those that want root, run when they are asked for."""
import collections

import crashes
import errors
import kills

Test = collections.namedtuple("Test", "name run is_long")

TESTS = [
    Test("kill", kills.every_call, False),
    Test("crash-states", crashes.enumerated, False),
    Test("errors", errors.every_call, False),
    Test("errors-all", errors.every_call_and_error, True),
    Test("answer", errors.answer, False),
    Test("places", errors.places, False),
    Test("screen-errors", errors.on_screen, False),
    Test("full-disk", errors.full, True),
    Test("random-kill", lambda work, make, row: kills.at_random(work, make, row, 100), False),
    Test("random-kill-1000", kills.at_random, True),
]
