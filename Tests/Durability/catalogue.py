"""All tests of durability by name; the long ones, and those that want root, run when they are asked for."""
import collections

import kills

Test = collections.namedtuple("Test", "name run is_long")

TESTS = [
    Test("kill", kills.every_call, False),
    Test("random-kill", lambda work, make, row: kills.at_random(work, make, row, 100), False),
    Test("random-kill-1000", kills.at_random, True),
]
