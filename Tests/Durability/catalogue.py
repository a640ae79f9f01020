"""All tests of durability by name; the long ones, and those that want root, run when they are asked for."""
import collections, os

import clocks
import crashes
import errors
import kills
import merging
import modes
import mutations
import power
import readings
import sizes
import together

Test = collections.namedtuple("Test", "name run is_long")

TESTS = [
    Test("kill", kills.every_call, False),
    Test("kill-first", kills.first_write, True),
    Test("logs", readings.of_logs, False),
    Test("crash-states", crashes.enumerated, False),
    Test("crash-states-of-drafts", crashes.enumerated_on_screen, False),
    Test("errors", errors.every_call, False),
    Test("errors-all", errors.every_call_and_error, True),
    Test("answer", errors.answer, False),
    Test("places", errors.places, False),
    Test("screen-errors", errors.on_screen, False),
    Test("full-disk", errors.full, True),
    Test("power", power.cut, True),
    Test("together", together.few_at_once, False),
    Test("together-800", together.at_once, True),
    Test("stopped", together.stopped, False),
    Test("git", merging.every_way, False),
    Test("clock", clocks.every_clock, False),
    Test("modes", modes.under_umask, False),
    Test("temporary", modes.temporary, False),
    Test("owners", modes.owners, os.geteuid() != 0),
    Test("mutations", mutations.all_guards, False),
    Test("sizes", sizes.few_records, False),
    Test("sizes-100000", sizes.records, True),
    Test("sizes-256-MiB", sizes.large, True),
    Test("random-kill", lambda work, make, row: kills.at_random(work, make, row, 50), False),
    Test("random-kill-1000", kills.at_random, True),
]
