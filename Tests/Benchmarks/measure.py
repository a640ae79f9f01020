"""Whole processes, measured by the operating system's own account of each: wall seconds, processor seconds, peak memory."""
import os, statistics, subprocess, time


def once(command, cwd=None, env=None, accepted=(0,)):
    """(wall seconds, processor seconds, peak MiB) of one run; its output goes nowhere."""
    began = time.monotonic()
    process = subprocess.Popen(
        command, cwd=cwd, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accepted:
        raise SystemExit(f"error: {command} ended with {process.returncode}")
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def median(command, runs=5, **options):
    """Medians over the runs that follow one that does not count."""
    once(command, **options)
    return tuple(statistics.median(row) for row in zip(*(once(command, **options) for _ in range(runs))))


def beside(ours, theirs, runs=5, ours_options={}, theirs_options={}):
    """Both in turn, A B A B, so that a drifting machine harms both: medians of each and the median ratio of wall times."""
    once(ours, **ours_options), once(theirs, **theirs_options)
    pairs = [(once(ours, **ours_options), once(theirs, **theirs_options)) for _ in range(runs)]
    a = tuple(statistics.median(row) for row in zip(*(pair[0] for pair in pairs)))
    b = tuple(statistics.median(row) for row in zip(*(pair[1] for pair in pairs)))
    return a, b, statistics.median(pair[0][0] / pair[1][0] for pair in pairs)


def row(name, figures, more=""):
    wall, processor, memory = figures
    print(f"| {name} | {wall:.3f} s | {processor:.3f} s | {memory:.0f} MiB | {more} |", flush=True)


def head(title):
    print(f"\n### {title}\n\n| | wall | processor | peak memory | |\n|---|---|---|---|---|", flush=True)
