"""Running child processes and what they cost: wall time, CPU time, peak memory."""

import os
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass


class StepFailed(Exception):
    """A measured command did not exit 0."""


@dataclass(frozen=True)
class Usage:
    """What one measured piece of work took. rss is that of its largest process, in bytes."""

    wall: float
    cpu: float
    rss: int


class Meter:
    """Adds up the processes started between its start and its stop.

    wait4 gives each child's own usage together with that of the descendants it waited for.
    """

    def __init__(self):
        self._cpu = 0.0
        self._rss = 0
        self._started = None
        self.stdout = b""

    def __enter__(self):
        self._started = time.perf_counter()
        return self

    def __exit__(self, kind, value, trace):
        self._wall = time.perf_counter() - self._started
        return False

    def usage(self):
        return Usage(self._wall, self._cpu, self._rss)

    def run(self, *argv, stdin=None, **options):
        """Runs one command to its end. stdin is bytes or nothing."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            with tempfile.TemporaryFile() as given:
                given.write(stdin or b"")
                given.seek(0)
                child = subprocess.Popen(argv, stdin=given, stdout=out, stderr=err, **options)
                self.wait(child, err)
            out.seek(0)
            self.stdout = out.read()

    def pipe(self, producer, consumer, **options):
        """Runs producer | consumer."""
        with tempfile.TemporaryFile() as err:
            first = subprocess.Popen(
                producer, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=err, **options
            )
            second = subprocess.Popen(
                consumer, stdin=first.stdout, stdout=subprocess.DEVNULL, stderr=err, **options
            )
            first.stdout.close()
            self._reap(second)
            self._reap(first)
            check(second, err)
            check(first, err)

    def wait(self, child, err):
        """Waits for a child, takes its usage into the sum, and refuses its failure."""
        self._reap(child)
        check(child, err)

    def _reap(self, child):
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        self._cpu += used.ru_utime + used.ru_stime
        self._rss = max(self._rss, used.ru_maxrss * 1024)


def check(child, err):
    """Raises StepFailed, with the end of what it said, if a child that has ended failed."""
    if child.returncode != 0:
        err.seek(0)
        said = err.read().decode("utf-8", "replace").strip().splitlines()
        raise StepFailed(
            f"{os.path.basename(child.args[0])} exited {child.returncode}: "
            + " / ".join(line for line in said[-4:] if line.strip())
        )


@dataclass(frozen=True)
class Series:
    """The runs of one tool on one piece of work."""

    runs: tuple

    @property
    def wall(self):
        return statistics.median(run.wall for run in self.runs)

    @property
    def least(self):
        return min(run.wall for run in self.runs)

    @property
    def most(self):
        return max(run.wall for run in self.runs)

    @property
    def cpu(self):
        return statistics.median(run.cpu for run in self.runs)

    @property
    def rss(self):
        return statistics.median(run.rss for run in self.runs)
