"""Rows, verdicts, and the two documents made from them."""

import json
import os
import re
from dataclasses import dataclass

from .tools import first_line, java_homes

MIB = 1 << 20


@dataclass(frozen=True)
class Verdict:
    """One thing usbguard is held to. Limits are reached by `figure` being under them."""

    name: str
    unit: str
    figure: float
    must: float = None
    aim: float = None
    must_means: str = ""
    aim_means: str = ""
    at_limit: bool = False  # the limit itself still counts as met

    def meets(self, limit):
        if limit is None:
            return None
        return self.figure <= limit if self.at_limit else self.figure < limit

    @property
    def words(self):
        said = []
        for label, limit in (("must", self.must), ("aim", self.aim)):
            met = self.meets(limit)
            if met is not None:
                said.append(f"{label} met" if met else f"falls short of the {label}")
        return ", ".join(said) or "no limit"


class Results:
    """Everything that one run of the benchmark found."""

    def __init__(self, facts):
        self.facts = facts
        self.rows = []
        self.verdicts = []
        self.memory = []
        self.scale = []
        self.unmeasured = {}

    def add(self, work, series, place):
        """Rows of one piece of work; `place` picks in (0) or out (1) of each tool's pair."""
        own = series.get("usbguard")
        for tool, pair in series.items():
            taken = pair[place]
            self.rows.append(
                {
                    "work": work,
                    "tool": tool,
                    "medianSeconds": taken.wall,
                    "minSeconds": taken.least,
                    "maxSeconds": taken.most,
                    "cpuSeconds": taken.cpu,
                    "peakBytes": taken.rss,
                    "ratioToUsbguard": taken.wall / own[place].wall if own else None,
                }
            )

    def judge(self, *arguments, **limits):
        self.verdicts.append(Verdict(*arguments, **limits))

    def missing(self, what, reason):
        self.unmeasured[what] = reason

    def text(self):
        """For the terminal and, as Markdown tables, for the document."""
        return "\n".join(
            [
                *table(
                    ["work", "tool", "median s", "min", "max", "CPU s", "peak MiB", "x usbguard"],
                    [
                        [
                            row["work"],
                            row["tool"],
                            f"{row['medianSeconds']:.2f}",
                            f"{row['minSeconds']:.2f}",
                            f"{row['maxSeconds']:.2f}",
                            f"{row['cpuSeconds']:.2f}",
                            f"{row['peakBytes'] / MIB:.0f}",
                            ratio(row["ratioToUsbguard"]),
                        ]
                        for row in self.rows
                    ],
                ),
                "",
                *self.memory_lines(),
                *self.scale_lines(),
                *self.verdict_lines(),
                *[f"- Not measured: {what}: {why}" for what, why in self.unmeasured.items()],
            ]
        )

    def memory_lines(self):
        if not self.memory:
            return []
        headings = ["command", "peak MiB", "same on 1 byte, MiB", "difference MiB"]
        rows = []
        for row in self.memory:
            large, byte = row["peakMiB"], row["oneByteMiB"]
            rows.append([row["command"], f"{large:.0f}", f"{byte:.0f}", f"{large - byte:.0f}"])
        return [*table(headings, rows), ""]

    def scale_lines(self):
        """Large containers on simulated sticks: the stick's own seconds and what was moved."""
        if not self.scale:
            return []
        headings = ["container", "stick", "step", "stick s", "CPU s", "reads", "KiB read", "writes",
                    "KiB written", "flushes"]  # fmt: skip
        rows = [
            [
                row["container"],
                row["stick"],
                row["step"],
                f"{row['stickSeconds']:.2f}",
                f"{row['cpuSeconds']:.2f}",
                row["reads"],
                f"{row['bytesRead'] / 1024:.0f}",
                row["writes"],
                f"{row['bytesWritten'] / 1024:.0f}",
                row["forces"],
            ]
            for row in self.scale
        ]
        return [
            "Simulated sticks, named by their MB/s in a row and at random in pieces of 4 KiB. Each step "
            "opens the container anew and closes it; the recovery key is used, so nothing is derived. "
            "A real stick reads at random faster than it writes; here both cost the same.",
            "",
            *table(headings, rows),
            "",
        ]

    def verdict_lines(self):
        if not self.verdicts:
            return []
        headings = ["held to", "usbguard", "must", "aim", "verdict"]
        rows = [
            [
                verdict.name,
                f"{verdict.figure:.3g} {verdict.unit}".strip(),
                limit(verdict.must, verdict.must_means),
                limit(verdict.aim, verdict.aim_means),
                verdict.words,
            ]
            for verdict in self.verdicts
        ]
        return [*table(headings, rows), ""]

    def document(self, command):
        """docs/benchmarks.md."""
        versions = [f"  - {name}: {version}" for name, version in self.facts["tools"].items()]
        notes = [f"  - {name}: {note}" for name, note in self.facts["notes"].items()]
        return "\n".join(
            [
                "# Benchmarks",
                "",
                f"Generated by `{command}`; do not edit, run it again.",
                "",
                f"- Date: {self.facts['date']}",
                f"- Machine: {self.facts['cpu']}, {self.facts['cores']} cores, "
                f"{self.facts['memoryGiB']} GiB, {self.facts['kernel']}, "
                f"load {self.facts['loadBefore']} before the run",
                f"- JDK: {self.facts['jdk']}",
                f"- Method: whole processes on {self.facts['fileSystem']}, {self.facts['runs']} runs after one warm-up, "
                "tools in turn within each round; median wall time. Start of the program, "
                "passphrase and key derivation are in the figures unless a note says otherwise. "
                "Every file that came out was compared with what went in. "
                "'x usbguard' is the tool's time over usbguard's: above 1, usbguard is faster.",
                "- Tools:",
                *versions,
                "- Notes:",
                *notes,
                "",
                self.text().rstrip(),
                "",
            ]
        )

    def part(self, command):
        """What another run adds to docs/benchmarks.md."""
        return "\n".join(
            [
                "",
                f"## Measured apart: `{command}`",
                "",
                f"{self.facts['date']}, {self.facts['runs']} runs, load {self.facts['loadBefore']} before the run, "
                f"{self.facts['jdk']}.",
                "",
                self.text().rstrip(),
                "",
            ]
        )

    def data(self, command):
        """docs/benchmarks.json."""
        verdicts = [
            {
                "name": verdict.name,
                "figure": verdict.figure,
                "unit": verdict.unit,
                "must": verdict.must,
                "mustMet": verdict.meets(verdict.must),
                "aim": verdict.aim,
                "aimMet": verdict.meets(verdict.aim),
            }
            for verdict in self.verdicts
        ]
        everything = {
            "command": command,
            "facts": self.facts,
            "rows": self.rows,
            "memory": self.memory,
            "scale": self.scale,
            "verdicts": verdicts,
            "notMeasured": self.unmeasured,
        }
        return json.dumps(everything, indent=2, ensure_ascii=False) + "\n"


def table(headings, rows):
    """A Markdown table, its columns aligned so that it reads well on a terminal too."""
    cells = [headings, *[[str(cell) for cell in row] for row in rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(headings))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"
        for row in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return lines


def ratio(value):
    return "-" if value is None else f"{value:.2f}"


def limit(value, meaning):
    if value is None:
        return "-"
    return f"{value:.3g}" + (f" ({meaning})" if meaning else "")


def machine(runs, date, folder, tools):
    """What the figures depend on."""
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        model = re.search(r"model name\s*:\s*(.+)", lines.read())
    with open("/proc/meminfo", encoding="utf-8") as lines:
        memory = int(re.search(r"MemTotal:\s*(\d+)", lines.read()).group(1))
    kernel = re.match(r"\d+\.\d+", os.uname().release)
    return {
        "date": date,
        "cpu": model.group(1).strip() if model else "unknown CPU",
        "cores": len(os.sched_getaffinity(0)),
        "memoryGiB": round(memory / MIB),
        "kernel": "Linux " + (kernel.group(0) if kernel else "?"),
        "jdk": jdk(),
        "loadBefore": round(os.getloadavg()[0], 1),
        "fileSystem": first_line("stat", "-f", "-c", "%T", folder),
        "runs": runs,
        "tools": {tool.name: tool.version() for tool in tools},
        "notes": {tool.name: tool.note for tool in tools},
    }


def jdk():
    """The Java that usbguard is started with, and the others here."""
    home = os.environ.get("JAVA_HOME")
    java = os.path.join(home, "bin", "java") if home else "java"
    others = ", ".join(str(version) for version, _ in java_homes())
    return f"{first_line(java, '-version')} (JDKs here: {others})"
