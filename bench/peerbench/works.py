"""The pieces of work that are measured, and the folders and data they use."""

import filecmp
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

from .measure import Meter, Series, StepFailed
from .tools import HERE

MIB = 1 << 20
SEED = 20261101


class Stick:
    """The folder on tmpfs in which everything happens; gone afterwards."""

    def __init__(self, base):
        self._folder = tempfile.TemporaryDirectory(prefix="usbguard-bench-", dir=base)
        self.path = self._folder.name

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self._folder.cleanup()

    def fresh(self):
        return tempfile.TemporaryDirectory(prefix="run-", dir=self.path)

    def bulk_file(self, size):
        """One file of seeded random bytes."""
        path = os.path.join(self.path, f"bulk-{size}.bin")
        if not os.path.exists(path):
            source = random.Random(SEED)
            with open(path, "wb") as out:
                left = size
                while left:
                    out.write(source.randbytes(min(left, MIB)))
                    left -= min(left, MIB)
        return path

    def small_files(self, count):
        """A folder of 100 folders with files of 2 to 40 KiB of seeded random bytes."""
        top = os.path.join(self.path, f"small-{count}")
        if not os.path.exists(top):
            source = random.Random(SEED)
            for number in range(count):
                folder = os.path.join(top, f"folder-{number % 100:02}")
                os.makedirs(folder, exist_ok=True)
                with open(os.path.join(folder, f"file-{number:05}.bin"), "wb") as out:
                    out.write(source.randbytes(source.randint(2048, 40 * 1024)))
        return top


def payload(source):
    """Files and bytes in a file or a tree."""
    if os.path.isfile(source):
        return 1, os.path.getsize(source)
    sizes = [
        os.path.getsize(os.path.join(folder, name))
        for folder, _, names in os.walk(source)
        for name in names
    ]
    return len(sizes), sum(sizes)


def same(left, right):
    """Whether two files or trees hold the same names and the same bytes."""
    if os.path.isfile(left):
        return os.path.isfile(right) and filecmp.cmp(left, right, shallow=False)
    names = sorted(os.listdir(left))
    if not os.path.isdir(right) or names != sorted(os.listdir(right)):
        return False
    return all(same(os.path.join(left, name), os.path.join(right, name)) for name in names)


def transfer(tool, source, stick):
    """Stores a source and takes it out again, each metered; checks the bytes, unmetered."""
    name = os.path.basename(source)
    with stick.fresh() as folder:
        store = os.path.join(folder, "store")
        target = os.path.join(folder, "out")
        os.mkdir(store)
        os.mkdir(target)
        tool.ready(store)
        size = size_of(source)
        touch_pages(size)
        with Meter() as into:
            tool.put(into, source, store)
        touch_pages(size)
        with Meter() as out:
            tool.take(out, name, store, target)
        if not same(source, os.path.join(target, name)):
            raise StepFailed("what came out differs from what went in")
    return into.usage(), out.usage()


def size_of(path):
    """Bytes in a file, or in all files below a folder."""
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(
        os.path.getsize(os.path.join(folder, name))
        for folder, _, names in os.walk(path)
        for name in names
    )


TOUCH = """
import mmap, sys
size = int(sys.argv[1])
with mmap.mmap(-1, size) as pages:
    for at in range(0, size, mmap.PAGESIZE):
        pages[at] = 1
"""


def touch_pages(size):
    """Uses and frees as much memory as the step will write to the tmpfs, and a third more.

    A virtual machine gives free pages back to its host after seconds; the next write to a tmpfs then
    pays for fetching them, up to a second for 1 GiB. Without this, a tool that starts slowly would
    pay for pages that its predecessor's deleted output handed to a tool that starts at once.
    In a process of its own: Linux lets a child start from its parent's peak of memory.
    """
    subprocess.run([sys.executable, "-c", TOUCH, str(size * 4 // 3 + MIB)], check=True)


def interleaved(tools, source, stick, runs):
    """A B C, A B C, ...: one warm-up round, then the measured ones. A tool that fails is dropped
    with its reason, and named in the report."""
    got = {tool.name: ([], []) for tool in tools}
    failed = {}
    for number in range(runs + 1):
        for tool in tools:
            if tool.name in failed:
                continue
            try:
                into, out = transfer(tool, source, stick)
            except StepFailed as reason:
                print(f"{tool.name} failed: {reason}", file=sys.stderr)
                failed[tool.name] = str(reason)
                continue
            if number > 0:
                got[tool.name][0].append(into)
                got[tool.name][1].append(out)
        label = "warm-up" if number == 0 else f"{number} of {runs}"
        print(f"  {os.path.basename(source)}: round {label} done", file=sys.stderr)
    series = {
        name: (Series(tuple(pair[0])), Series(tuple(pair[1])))
        for name, pair in got.items()
        if name not in failed
    }
    return series, failed


def repeated(command, runs, env=None):
    """One command again and again, after one warm-up."""
    usages = []
    for number in range(runs + 1):
        with Meter() as meter:
            meter.run(*command, env=env)
        if number > 0:
            usages.append(meter.usage())
    return Series(tuple(usages))


def alternated(commands, runs, env=None):
    """Several commands in turn, after one warm-up each: {name: Series}."""
    usages = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            with Meter() as meter:
                meter.run(*command, env=env)
            if number > 0:
                usages[name].append(meter.usage())
    return {name: Series(tuple(taken)) for name, taken in usages.items()}


def derivation_seconds(usbguard, stick, runs):
    """Key derivation: `info` with the passphrase, less `--version`."""
    with stick.fresh() as folder:
        with Meter() as meter:
            usbguard.put(meter, stick.bulk_file(1), folder)
        commands = {
            "info": [usbguard.program, "info", usbguard.container(folder), *usbguard.key()],
            "version": [usbguard.program, "--version"],
        }
        taken = alternated(commands, runs)
    return max(0.0, taken["info"].wall - taken["version"].wall)


def listing(usbguard, stick, count, runs, heap):
    """`ls` of one folder of 100 files, in a container of 100 files and in one of `count`."""
    environment = dict(os.environ, USBGUARD_JAVA_OPTS=f"-Xmx{heap}")
    with stick.fresh() as folder:
        commands = {}
        for name, files in (("few", 100), ("many", count)):
            container = os.path.join(folder, f"{name}.ugc")
            with Meter() as meter:
                meter.run(
                    os.path.join(HERE, "make-million"),
                    container,
                    str(files),
                    usbguard.passphrase_file,
                )
            commands[name] = [usbguard.program, "ls", container, "folder-000000", *usbguard.key()]
        for name, command in commands.items():
            with Meter() as meter:
                meter.run(*command, env=environment)
            seen = len(meter.stdout.split(b"\n")) - 1
            if seen != 100:
                raise StepFailed(f"ls in the container of {name} shows {seen} lines, not 100")
        return alternated(commands, runs, environment)


def peak_memory(usbguard, stick, size, runs):
    """Peak memory of in and out, for a file of `size` bytes and for one of a single byte."""
    peaks = {}
    for name, length in (("large", size), ("byte", 1)):
        taken = [transfer(usbguard, stick.bulk_file(length), stick) for _ in range(runs)]
        for verb, place in (("in", 0), ("out", 1)):
            peaks[name, verb] = statistics.median(usages[place].rss for usages in taken)
    return peaks


class Counted:
    """What `encrypt --json` says it did, and what strace saw it do."""

    FIELDS = ("commits", "forces", "bytesWritten", "payloadBytes")

    def __init__(self, usbguard, source, stick):
        self.payload = payload(source)[1]
        with stick.fresh() as folder:
            with Meter() as meter:
                meter.run(*usbguard.encrypt(source, folder), "--json")
            self.said = find_fields(meter.stdout, self.FIELDS)
        self.flushes, self.written = traced(usbguard, source, stick)

    @property
    def forces(self):
        """All flushes: the larger of the program's word and the trace."""
        return max(self.said["forces"], self.flushes or 0)

    def flushes_per_commit(self, least):
        """Flushes per commit beyond those of a small container, which had to be made as well."""
        commits = self.said["commits"] - least.said["commits"]
        return (self.forces - least.forces) / max(1, commits)

    @property
    def ratio(self):
        """Bytes written per byte stored: the larger of the program's word and the trace."""
        written = max(self.said["bytesWritten"], self.written or 0)
        return written / max(1, self.payload)


def find_fields(output, fields):
    """The first JSON object in the output, at any depth, that has all of the fields."""
    text = output.decode("utf-8")
    documents = []
    try:
        documents.append(json.loads(text))
    except ValueError:
        for line in text.splitlines():
            if line.lstrip().startswith("{"):
                documents.append(json.loads(line))
    waiting = documents
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if all(field in value for field in fields):
                return {field: value[field] for field in fields}
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    raise StepFailed("encrypt --json does not report " + ", ".join(fields))


def scale(smaller):
    """What bench/scale prints: opening, listing, adding and changing in large containers."""
    with tempfile.TemporaryDirectory(prefix="usbguard-scale-", dir="/var/tmp") as folder:
        with Meter() as meter:
            meter.run(os.path.join(HERE, "scale"), folder, str(smaller))
        return [json.loads(line) for line in meter.stdout.decode("utf-8").splitlines()]


FLUSHES = ("fsync", "fdatasync", "sync_file_range", "msync", "syncfs")
WRITES = ("write", "pwrite64", "writev", "pwritev", "pwritev2", "sendfile", "copy_file_range")
CALL = re.compile(r"^(\d+)\s+(\w+)\((.*)$")
RESUMED = re.compile(r"^(\d+)\s+<\.\.\. (\w+) resumed>.*= (\d+)")
RESULT = re.compile(r"= (\d+)\s*$")


def traced(usbguard, source, stick):
    """Flushes and bytes written in the container's folder, from an untimed run under strace."""
    if not shutil.which("strace"):
        print("strace is not installed: flushes and bytes are the program's word", file=sys.stderr)
        return None, None
    with stick.fresh() as folder:
        store = os.path.join(folder, "store")
        os.mkdir(store)
        trace = os.path.join(folder, "trace")
        calls = ",".join(FLUSHES + WRITES)
        argv = ["strace", "-f", "-y", "-s", "0", "-e", f"trace={calls}", "-o", trace]
        with Meter() as meter:
            meter.run(*argv, *usbguard.encrypt(source, store))
        with open(trace, encoding="utf-8", errors="replace") as lines:
            return count_calls(lines, f"<{store}{os.sep}")


def count_calls(lines, place):
    """Counts in strace's lines the flushes of, and the bytes written to, files in a place."""
    flushes = 0
    written = 0
    pending = {}
    for line in lines:
        resumed = RESUMED.match(line)
        if resumed:
            if pending.pop((resumed.group(1), resumed.group(2)), False):
                written += int(resumed.group(3)) if resumed.group(2) in WRITES else 0
            continue
        call = CALL.match(line)
        if not call or not touches(call.group(2), call.group(3), place):
            continue
        name = call.group(2)
        flushes += name in FLUSHES
        if "<unfinished ...>" in line:
            pending[call.group(1), name] = True
        elif name in WRITES:
            result = RESULT.search(line)
            written += int(result.group(1)) if result else 0
    return flushes, written


def touches(name, arguments, place):
    """Whether the file that a call writes to lies in the place."""
    if name == "copy_file_range":
        arguments = arguments.partition(">")[2]
        return place in arguments
    return place in arguments.split(",", 1)[0]
