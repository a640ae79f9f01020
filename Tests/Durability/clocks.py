"""Clocks that are wrong, days that are odd, and zones: the states are what the gate's rules say."""
import calendar, json
import time as clock

import mutations

LIST = """checklist: small
title: A small launch
version: 1
domains:
  - title: All
    controls:
      - number: "1"
        slug: easy
        title: Easy
        severity: medium
        points:
          - { id: "1.1", text: One thing is so., how: manual, bound-to: time, valid-for: 30d }
"""


def every_clock(work, make, row):
    # A shim of our own: libfaketime brings programs with threads to a halt now and then.
    library = mutations.library(work, "clock.c")
    for number, (what, case) in enumerate(CASES):
        launch = make(work / str(number))
        (launch.folder / "list.yaml").write_text(LIST)
        launch.environment["CLOCK"] = library
        seen, wanted = case(launch)
        row(what, ", ".join(map(str, seen)), seen == wanted)


def by_clock(launch, time, *words, zone="UTC", note="Seen."):
    """Signs by a clock that shows that time of UTC; the exit code."""
    seconds = calendar.timegm(clock.strptime(time, "%Y-%m-%d %H:%M:%S"))
    return launch.run(
        [*launch.words(note), *words],
        env={**launch.environment, "TZ": zone, "LD_PRELOAD": launch.environment["CLOCK"],
             "CLOCK_OFFSET": str(seconds - int(clock.time()))}).returncode


def report(launch, time):
    done = launch.run([launch.launchgate, "gate", "--json", "--at", time])
    return json.loads(done.stdout)


def state(launch, time):
    return next(point["state"] for point in report(launch, time)["points"])


def ahead(launch):
    code = by_clock(launch, "2026-06-01 12:00:00")
    early = report(launch, "2026-06-01T11:54:50Z")["points"][0]
    why = any("5 minutes ahead" in reason for reason in early["discounted"])
    return ([code, early["state"], why] + [state(launch, f"2026-06-01T{time}Z") for time in ("11:55:10", "12:00:10")],
            [0, "OPEN", True, "OK", "OK"])


def back(launch):
    codes = [by_clock(launch, "2026-06-10 12:00:00", note="first"), by_clock(launch, "2026-06-01 12:00:00", note="second")]
    told = report(launch, "2026-06-11T00:00:00Z")
    flags = sum("earlier time" in warning for warning in told["warnings"])
    return (codes + [flags, told["points"][0]["decision"]["note"]], [0, 0, 1, "second"])


def future(launch):
    return ([by_clock(launch, "2026-06-01 12:00:00", "--performed-on", day) for day in ("2026-06-03", "2026-06-02", "2026-06-01", "2026-05-31")],
            [64, 64, 0, 0])


def far_east(launch):
    """At 8 o'clock in Auckland it is still yesterday in Greenwich, and today's work may be signed."""
    codes = [by_clock(launch, "2026-06-01 20:00:00", "--performed-on", day, zone="Pacific/Auckland") for day in ("2026-06-02", "2026-06-03")]
    return (codes + [state(launch, "2026-06-01T21:00:00Z")], [0, 64, "OK"])


def far_west(launch):
    codes = [by_clock(launch, "2026-06-02 03:00:00", "--performed-on", day, zone="Pacific/Honolulu") for day in ("2026-06-01", "2026-06-03")]
    return (codes + [state(launch, "2026-06-02T04:00:00Z")], [0, 64, "OK"])


def valid(launch):
    """30 days are 30 times 24 hours, whatever months, leap days and summer time lie in them."""
    code = by_clock(launch, "2028-02-01 12:00:00")
    return ([code] + [state(launch, time) for time in ("2028-03-02T11:59:50Z", "2028-03-02T12:00:10Z")], [0, "OK", "STALE"])


def leap(launch):
    codes = [by_clock(launch, time, "--performed-on", day) for time, day in (
        ("2028-02-29 12:00:00", "2028-02-29"), ("2027-03-01 12:00:00", "2027-02-29"), ("2100-03-01 12:00:00", "2100-02-29"))]
    return (codes, [0, 64, 64])


def summer_time(launch):
    """Both half past two of the night on which clocks are set back in Berlin: in order, none ahead, none flagged."""
    codes = [by_clock(launch, "2026-10-25 00:30:00", zone="Europe/Berlin", note="first"),
             by_clock(launch, "2026-10-25 01:30:00", zone="Europe/Berlin", note="second")]
    told = report(launch, "2026-10-25T01:32:00Z")
    return (codes + [told["points"][0]["state"], told["points"][0]["decision"]["note"], len(told["warnings"])],
            [0, 0, "OK", "second", 0])


def zones(launch):
    by_clock(launch, "2026-06-01 12:00:00")
    words = [launch.launchgate, "gate", "--json", "--at", "2026-07-01T11:59:59Z"]
    answers = {launch.run(words, env={**launch.environment, "TZ": zone}).stdout
               for zone in ("UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago", "none/such", ":")}
    return ([len(answers)], [1])


def late(launch):
    return ([by_clock(launch, time, note=time) for time in ("2038-01-19 03:14:08", "2100-01-01 00:00:00")]
            + [state(launch, "2100-01-02T00:00:00Z")], [0, 0, "OK"])


def leap_second(launch):
    by_clock(launch, "2026-06-01 12:00:00")
    return ([launch.run([launch.launchgate, "gate", "--at", time]).returncode
             for time in ("2016-12-31T23:59:60Z", "2027-02-29T00:00:00Z", "2026-06-01T12:00:00+02:00")], [64, 64, 64])


CASES = [
    ("clock ahead: more than 5 minutes, less, right", ahead),
    ("clock set back: recorded, flagged, and the later record counts", back),
    ("performed in 2 days, tomorrow, today, yesterday", future),
    ("performed today and tomorrow, in Auckland in the morning", far_east),
    ("performed today and the day after tomorrow, in Honolulu in the evening", far_west),
    ("30 days over a leap day: seconds before, and after", valid),
    ("29 February of 2028, 2027, 2100", leap),
    ("clocks are set back in Berlin: both half past two", summer_time),
    ("one verdict in seven time zones", zones),
    ("after 2038, and in 2100", late),
    ("a leap second, a day that is none, an offset in --at", leap_second),
]
