#!/usr/bin/env python3
"""Has `cooper verify` and Math-Verify judge the same labelled pairs on this machine, and compares accuracy and time.

    bench/verifiers.py --python VENV/bin/python              the whole corpus of math-verifier, some minutes
    bench/verifiers.py --python VENV/bin/python --pairs FILE.jsonl --out DIR
    bench/verifiers.py --python VENV/bin/python --docs docs/verifier.md

Writes DIR/verifiers.json and DIR/verifiers.md, and prints the latter. Pairs are lines {"id", "kind", "gold", "pred", "label"}.
"""

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import report

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent / "math-verifier/src/test/resources/corpus"
BEGIN, END = "<!-- begin verifiers -->\n", "<!-- end verifiers -->\n"


class Side:
    """A verifier: the command that judges a file of pairs."""

    def __init__(self, name: str, options):
        self.name = name
        self.options = options
        self.version = ""

    def judge(self, pairs: list[dict], folder: Path) -> list[dict]:
        stem = self.name.lower().replace(" ", "-").replace(",", "")
        source, target = folder / f"{stem}-in.jsonl", folder / f"{stem}-out.jsonl"
        repeated = pairs * self.passes_in_file()
        source.write_text("".join(json.dumps({"gold": p["gold"], "pred": p["pred"]}) + "\n" for p in repeated))
        start = time.monotonic()
        self.run(source, target, folder / f"{stem}.log")
        say(f"{self.name}: {time.monotonic() - start:.1f} s")
        lines = [json.loads(line) for line in target.read_text().splitlines()]
        if lines and "version" in lines[0]:
            self.version = lines.pop(0)["version"]
        if len(lines) != len(repeated):
            raise SystemExit(f"{self.name} judged {len(lines)} of {len(repeated)} pairs; see {folder / stem}.log")
        # The first half of the passes warms up; the median of the others disregards a moment taken by a neighbour.
        passes = [lines[at : at + len(pairs)] for at in range(0, len(lines), len(pairs))]
        timed = passes[len(passes) // 2 :]
        return [
            {**pair, "correct": self.correct(times[-1]), "micros": median(line["micros"] for line in times)}
            for pair, *times in zip(pairs, *timed)
        ]

    def passes_in_file(self) -> int:
        return 1

    def run(self, source: Path, target: Path, log: Path) -> None:
        raise NotImplementedError

    def correct(self, line: dict) -> bool:
        raise NotImplementedError


class Ours(Side):
    def __init__(self, name: str, options, profile: list[str]):
        super().__init__(name, options)
        self.profile = profile

    def passes_in_file(self) -> int:
        return self.options.passes

    def run(self, source: Path, target: Path, log: Path) -> None:
        command = shlex.split(self.options.cooper) + ["verify", "--jsonl", str(source), *self.profile]
        with target.open("w") as out, log.open("w") as errors:
            # Its status says whether all pairs were right.
            subprocess.run(command, stdout=out, stderr=errors, check=False)

    def correct(self, line: dict) -> bool:
        return line["verdict"] == "CORRECT"


class Theirs(Side):
    def __init__(self, name: str, options, extra: list[str]):
        super().__init__(name, options)
        self.extra = extra

    def run(self, source: Path, target: Path, log: Path) -> None:
        command = [self.options.python, str(HERE / "verifier_peer.py"), str(source), str(target), *self.extra]
        with log.open("w") as errors:
            subprocess.run(command, stderr=errors, check=True)

    def correct(self, line: dict) -> bool:
        return line["correct"]


def summary(side: Side, judged: list[dict]) -> dict:
    right = [pair for pair in judged if pair["label"]]
    wrong = [pair for pair in judged if not pair["label"]]
    micros = sorted(pair["micros"] for pair in judged)
    return {
        "verifier": side.name,
        "version": side.version,
        "recognised": sum(pair["correct"] for pair in right) / len(right),
        "accepted": sum(pair["correct"] for pair in wrong),
        "wrong": len(wrong),
        "as_labelled": sum(pair["correct"] == pair["label"] for pair in judged) / len(judged),
        "micros_median": median(micros),
        "micros_p99": micros[int(0.99 * (len(micros) - 1))],
        "micros_most": micros[-1],
    }


def document(options, parts: dict, summaries: dict, seconds: float) -> dict:
    return {
        "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "seconds": round(seconds),
        "machine": report.machine(),
        "pairs": {name: {"all": len(pairs), "right": sum(p["label"] for p in pairs)} for name, pairs in parts.items()},
        "verifiers": summaries,
    }


def markdown(result: dict) -> str:
    machine = result["machine"]
    text = [
        f"Measured {result['date'][:10]} at {machine['commit']} on {machine['processor']}, {machine['cores']} cores, "
        f"load {machine['load_average_at_end']:.1f}.",
    ]
    for part, summaries in result["verifiers"].items():
        counts = result["pairs"][part]
        text += [
            "",
            f"**{part}**: {counts['all']} pairs, {counts['right']} of them right.",
            "",
            "| verifier | right ones recognised | wrong ones accepted | as labelled | median | p99 | most |",
            "|---|---|---|---|---|---|---|",
        ]
        text += [row(one) for one in summaries]
    return "\n".join(text) + "\n"


def row(one: dict) -> str:
    name = one["verifier"].replace("Math-Verify", f"Math-Verify {one['version']}")
    return (
        f"| {name} | {100 * one['recognised']:.1f}% | {one['accepted']} of {one['wrong']} | {100 * one['as_labelled']:.1f}% "
        f"| {duration(one['micros_median'])} | {duration(one['micros_p99'])} | {duration(one['micros_most'])} |"
    )


def duration(micros: float) -> str:
    return f"{micros:.0f} µs" if micros < 1000 else f"{micros / 1000:.1f} ms" if micros < 1e6 else f"{micros / 1e6:.1f} s"


def pairs_of(files: list[Path]) -> list[dict]:
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


def parts_of(options) -> dict[str, list[dict]]:
    if options.pairs:
        return {options.pairs.stem: pairs_of([options.pairs])}
    folders = {"Open part": CORPUS, "Frozen part": CORPUS / "frozen"}
    return {name: pairs_of(sorted(folder.glob("*.jsonl"))) for name, folder in folders.items()}


def say(text: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=sys.executable, help="a Python with bench/requirements-verifiers.txt installed")
    parser.add_argument("--cooper", default=str(HERE.parent / "cooper"), help="the command that starts cooper")
    parser.add_argument("--pairs", type=Path, help="a file of labelled pairs (the corpus of math-verifier if not given)")
    parser.add_argument("--passes", type=int, default=10, help="of ours over all pairs; the second half is timed")
    parser.add_argument("--docs", type=Path, help="a Markdown file in which the last tables are replaced by these")
    parser.add_argument("--out", type=Path, help="folder for results and logs (a temporary one if not given)")
    options = parser.parse_args()
    options.out = options.out or Path(tempfile.mkdtemp(prefix="cooper-verifiers-"))
    return options


def main() -> None:
    options = parse()
    options.out.mkdir(parents=True, exist_ok=True)
    begin = time.monotonic()
    parts = parts_of(options)
    together = [{**pair, "part": part} for part, pairs in parts.items() for pair in pairs]
    sides = [
        Ours("Cooper", options, []),
        Ours("Cooper, profile math-verify", options, ["--profile", "math-verify"]),
        Theirs("Math-Verify", options, []),
        Theirs("Math-Verify, bare answers put between dollars", options, ["--dollars"]),
    ]
    summaries = {part: [] for part in parts}
    for side in sides:
        judged = side.judge(together, options.out)
        for part in parts:
            summaries[part].append(summary(side, [pair for pair in judged if pair["part"] == part]))
    result = document(options, parts, summaries, time.monotonic() - begin)
    (options.out / "verifiers.json").write_text(json.dumps(result, indent=1) + "\n")
    table = markdown(result)
    (options.out / "verifiers.md").write_text(table)
    if options.docs:
        before, rest = options.docs.read_text().split(BEGIN)
        options.docs.write_text(before + BEGIN + "\n" + table.rstrip() + "\n\n" + END + rest.split(END)[1])
    print(table)
    say(f"written to {options.out}")


if __name__ == "__main__":
    main()
