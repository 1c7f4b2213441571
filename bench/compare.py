#!/usr/bin/env python3
"""Runs `cooper bench` and the same work of transformers and TRL in turns on this machine, and compares them.

    bench/compare.py                      both models, at most 15 minutes
    bench/compare.py --quick              fewer prompts and rounds, at most 3 minutes
    bench/compare.py --models 1m --work decode,rollouts --python VENV/bin/python --out DIR
    bench/compare.py --python VENV/bin/python --docs docs/benchmarks.md

Writes DIR/comparison.json and DIR/comparison.md, and prints the latter. docs/benchmarks.md tells what is measured and how.
"""

import argparse
import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import report
from workload import PREFILL_BATCH, THEIRS_ONLY, WORKS

HERE = Path(__file__).resolve().parent
FAMILIES = (("prefill", "decode", "rollouts"), ("training-ragged", "training-equal", "grpo-step"))
PROMPTS = {"1m": 8, "36m": 4}
QUICK_PROMPTS = {"1m": 4, "36m": 1}
MOST_SECONDS_TO_START = 120

WAITING = {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "10000"}


class OutOfTime(Exception):
    """The time that was given is over; the message says where."""


class Side:
    """A process that does work on request, one line of JSON for each line of its input."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str], log: Path, most_seconds: float):
        self.name = name
        self.log = log
        with log.open("a") as errors:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment
            )
        # Rounds end in time by themselves; this ends a side that does not answer.
        self.timer = threading.Timer(max(most_seconds, MOST_SECONDS_TO_START), self.process.kill)
        self.timer.daemon = True
        self.timer.start()
        self.header = self.read()

    def read(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            status = self.process.wait()
            reason = "did not answer in time" if status == -signal.SIGKILL else f"ended with status {status}"
            raise SystemExit(f"{self.name} {reason}; see {self.log}")
        answer = json.loads(line)
        if "error" in answer:
            raise SystemExit(f"{self.name}: {answer['error']}; see {self.log}")
        return answer

    def ask(self, request: str) -> dict:
        before = self.processor_seconds()
        try:
            self.process.stdin.write(request + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # it ended meanwhile: reading says how
        answer = self.read()
        return {**answer, "processor_seconds": self.processor_seconds() - before}

    def processor_seconds(self) -> float:
        """Time on all cores, of the work and its preparation: less at the mercy of neighbours than the clock."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        self.timer.cancel()
        try:
            self.process.stdin.close()
            self.process.wait(timeout=60)
        except BrokenPipeError:
            self.process.wait()
        except subprocess.TimeoutExpired:
            self.process.kill()


class Comparison:
    """One model: starts both sides, warms them up, and has them work in turns."""

    def __init__(self, options, model: str, folder: Path, deadline: float):
        self.options = options
        self.model = model
        self.folder = folder
        self.deadline = deadline
        self.prompts = options.prompts or (QUICK_PROMPTS if options.quick else PROMPTS).get(model, 4)
        self.records: list[dict] = []
        self.sides: dict[str, dict] = {}
        self.rates: list[dict] = []

    def run(self) -> dict:
        saved = self.save_model()
        families = [[work for work in family if work in self.options.work] for family in FAMILIES]
        families = [family for family in families if family]
        for place, family in enumerate(families):
            left = self.deadline - time.monotonic()
            # The second family trains, which takes longer: it gets two thirds of the time.
            share = 1 if place == len(families) - 1 else 1 / 3
            self.measure(family, saved, time.monotonic() + left * share)
        return {
            "model": self.model,
            "prompts": self.prompts,
            "sides": self.sides,
            "rates": self.rates,
            "records": self.records,
        }

    def save_model(self) -> Path:
        """Both sides take the same weights: ours makes them, and both read the folder."""
        if Path(self.model).is_dir():
            return Path(self.model)
        target = self.folder / f"model-{self.model}"
        command = self.ours(self.model) + ["--work", "none", "--save-model", str(target)]
        with (self.folder / "ours.log").open("a") as log:
            subprocess.run(command, check=True, stdout=log, stderr=log, env=self.environment())
        return target

    def measure(self, family: list[str], saved: Path, end: float) -> None:
        requests = [request for work in family for request in self.requests(work)]
        sides = {}
        try:
            for name, command in (("ours", self.ours(str(saved)) + ["--on-request"]), ("theirs", self.theirs(saved))):
                most = 1.25 * (self.deadline - time.monotonic())
                sides[name] = Side(name, command, self.environment(), self.folder / f"{name}.log", most)
            self.sides = {name: side.header for name, side in sides.items()}
            self.check_same_work(**self.sides)
            self.measure_rates(sides["theirs"])
            for request in requests:
                for side in self.doing(request, sides).values():
                    self.check_time(f"the warm-up with {request}")
                    self.say(f"warm-up {request}: {side.name} {side.ask(request)['seconds']:.2f} s")
            for number in range(self.options.rounds):
                start = time.monotonic()
                self.round(number, requests, sides)
                spent = time.monotonic() - start
                if time.monotonic() + spent > end and number + 1 < self.options.rounds:
                    self.say(f"{number + 1} rounds instead of {self.options.rounds}: no time for another of {spent:.0f} s")
                    break
        except OutOfTime as reached:
            self.say(f"out of time at {reached}; what was measured until then is kept")
        finally:
            for side in sides.values():
                side.close()

    def check_time(self, place: str) -> None:
        if time.monotonic() > self.deadline:
            raise OutOfTime(place)

    def measure_rates(self, theirs: Side) -> None:
        self.rates.append(theirs.ask(f"rates {theirs.header['parameters'] * 4}"))

    def round(self, number: int, requests: list[str], sides: dict[str, Side]) -> None:
        self.measure_rates(sides["theirs"])
        for request in requests:
            self.check_time(f"round {number + 1} with {request}")
            # Whoever is first alternates, so that a slow moment or a warm cache favours neither.
            for name in sorted(self.doing(request, sides), reverse=number % 2 == 1):
                record = sides[name].ask(request)
                self.records.append({"side": name, "round": number, "request": request, **record})
                self.say(f"round {number + 1} {request}: {sides[name].name} {record['seconds']:.2f} s")

    def doing(self, request: str, sides: dict[str, Side]) -> dict[str, Side]:
        return {"theirs": sides["theirs"]} if request in THEIRS_ONLY else sides

    def requests(self, work: str) -> list[str]:
        if work == "decode":
            return [f"decode {batch}" for batch in self.options.batch]
        if work == "rollouts" and not self.options.quick:
            return [work, *THEIRS_ONLY]
        return [f"{work} {PREFILL_BATCH}" if work == "prefill" else work]

    def check_same_work(self, ours: dict, theirs: dict) -> None:
        for name, mine in (
            ("completion_lengths", ours["workload"]["completion_lengths"]),
            ("prompt_lengths", ours["workload"]["prompt_lengths"]),
            ("parameters", ours["model"]["parameters"]),
        ):
            if mine != theirs[name]:
                raise SystemExit(f"{name} differ between the sides: {mine} and {theirs[name]}")

    def ours(self, model: str) -> list[str]:
        options = self.options
        command = shlex.split(options.cooper) + ["bench", "--model-size", model, *self.shared()]
        command += ["--batch", ",".join(map(str, options.batch)), "--threads", str(options.threads)]
        command += ["--device", options.device]
        return command + (["--dtype", options.dtype] if options.dtype != "float32" else [])

    def theirs(self, saved: Path) -> list[str]:
        options = self.options
        command = [options.python, str(HERE / "peers.py"), "--model", str(saved), *self.shared()]
        command += ["--threads", str(options.threads), "--dtype", options.dtype, "--device", options.device]
        command += ["--micro-batch", str(options.micro_batch)]
        return command + (["--checkpointing"] if options.checkpointing else []) + (["--cache", options.cache] if options.cache else [])

    def shared(self) -> list[str]:
        options = self.options
        values = {"seed": options.seed, "prompts": self.prompts, "group-size": options.group_size, "lengths": options.lengths}
        return [part for name, value in values.items() for part in (f"--{name}", str(value))]

    def environment(self) -> dict[str, str]:
        threads = str(self.options.threads)
        # On both sides waiting threads sleep after some 30 µs, unless the environment says otherwise: the side that
        # waits for its turn must not keep a core busy.
        waiting = {name: os.environ.get(name, value) for name, value in WAITING.items()}
        quiet = {**waiting, "OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads}
        offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error", "TOKENIZERS_PARALLELISM": "false"}
        return {**os.environ, **quiet, **offline, "TRL_EXPERIMENTAL_SILENCE": "1"}

    def say(self, text: str) -> None:
        print(f"[{time.strftime('%H:%M:%S')}] {self.model}: {text}", file=sys.stderr, flush=True)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", default="1m,36m", help="1m, 36m or folders")
    parser.add_argument("--work", default=",".join(WORKS))
    parser.add_argument("--batch", default="16,64", help="batches of decode")
    parser.add_argument("--rounds", type=int, default=5, help="most measurements of each piece of work on each side")
    parser.add_argument("--minutes", type=float, default=15, help="no round begins that would end later")
    parser.add_argument("--quick", action="store_true", help="2 rounds, fewer prompts, decode at 16 only, 3 minutes")
    parser.add_argument("--prompts", type=int, default=0, help="prompts of rollouts and steps (default 8 for 1m, 4 for 36m)")
    parser.add_argument("--group-size", type=int, default=16)
    parser.add_argument("--lengths", default="lognormal:48:0.8:4:256")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--dtype", default="float32", choices=["float32", "bfloat16"])
    parser.add_argument("--device", default="cpu", choices=["cpu", "cuda"], help="of both sides (cuda has not been tried)")
    parser.add_argument("--micro-batch", type=int, default=32, help="TRL's per_device_train_batch_size")
    parser.add_argument("--checkpointing", action="store_true", help="TRL with activation checkpointing, its default")
    parser.add_argument("--cache", help="transformers' cache_implementation (its default if not given)")
    parser.add_argument("--cooper", default=str(HERE.parent / "cooper"), help="the command that starts cooper")
    parser.add_argument("--python", default=sys.executable, help="a Python with bench/requirements.txt installed")
    parser.add_argument("--docs", type=Path, help="a Markdown file in which the last comparison is replaced by this one")
    parser.add_argument("--out", type=Path, help="folder for results and logs (a temporary one if not given)")
    options = parser.parse_args()
    options.work = options.work.split(",")
    unknown = set(options.work) - set(WORKS)
    if unknown:
        parser.error(f"no such work: {', '.join(sorted(unknown))}; there are {', '.join(WORKS)}")
    if options.quick:
        options.batch, options.rounds, options.minutes = "16", min(options.rounds, 2), min(options.minutes, 3)
    options.batch = [int(batch) for batch in options.batch.split(",")]
    options.out = options.out or Path(tempfile.mkdtemp(prefix="cooper-bench-"))
    return options


def main() -> None:
    options = parse()
    options.out.mkdir(parents=True, exist_ok=True)
    begin = time.monotonic()
    models = options.models.split(",")
    results = []
    for place, model in enumerate(models):
        left = options.minutes * 60 - (time.monotonic() - begin)
        # The last models are the large ones: each gets an equal share of what is left, but the first at most a third.
        share = left if place == len(models) - 1 else left / max(3, len(models) - place)
        results.append(Comparison(options, model, options.out, time.monotonic() + share).run())
    document = report.document(options, results, time.monotonic() - begin)
    (options.out / "comparison.json").write_text(json.dumps(document, indent=1) + "\n")
    table = report.markdown(document)
    (options.out / "comparison.md").write_text(table)
    if options.docs:
        report.replace(options.docs, table)
    print(table)
    print(f"written to {options.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
