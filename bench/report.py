"""Medians, ratios and floors of a comparison, as a document for JSON and as tables in Markdown."""

import os
import platform
import subprocess
import time
from pathlib import Path
from statistics import mean, median

from floor import Model, floor
from workload import THEIRS_ONLY, Lengths, Shape, Workload

BEGIN, END = "<!-- begin comparison -->\n", "<!-- end comparison -->\n"
TARGETS = {"decode": 1.3, "rollouts": 4, "training-ragged": 2, "training-equal": 1, "grpo-step": 3}


def document(options, comparisons: list[dict], seconds: float) -> dict:
    return {
        "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "seconds": round(seconds),
        "machine": machine(),
        "options": {name: str(value) for name, value in vars(options).items()},
        "models": [summary(options, comparison) for comparison in comparisons],
    }


def machine() -> dict:
    processor = next(
        (line.split(":")[1].strip() for line in lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    memory = next((int(line.split()[1]) * 1024 for line in lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=Path(__file__).parent, capture_output=True, text=True, check=False
    )
    return {
        "processor": processor,
        "cores": os.cpu_count(),
        "memory_bytes": memory,
        "system": platform.platform(),
        "load_average_at_end": os.getloadavg()[0],
        "commit": commit.stdout.strip(),
    }


def lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def summary(options, comparison: dict) -> dict:
    ours = comparison["sides"]["ours"]["model"]
    bytes_per_value = 2 if options.dtype == "bfloat16" else 4
    names = ("layers", "hidden_size", "intermediate_size", "heads", "key_value_heads", "head_size", "vocab_size")
    model = Model(*(ours[name] for name in names), bytes_per_value)
    load = Workload(
        options.seed, ours["vocab_size"], comparison["prompts"], options.group_size, Lengths(options.lengths)
    )
    # The best of all rounds, and the faster of both copies: a floor is what the machine could do at its quietest.
    operations = max(rate["matmul_operations_per_second"] for rate in comparison["rates"])
    moved = max(
        max(rate["copy_bytes_per_second"], rate["resident_copy_bytes_per_second"]) for rate in comparison["rates"]
    )
    lengths = load.completion_lengths()
    return {
        **comparison,
        "completion_lengths": {
            "distribution": options.lengths,
            "sequences": len(lengths),
            "mean": mean(lengths),
            "median": median(lengths),
            "least": min(lengths),
            "most": max(lengths),
        },
        "operations_per_second": operations,
        "bytes_per_second": moved,
        "results": [
            result(request, comparison, model, load, operations, moved)
            for request in measured(comparison["records"])
        ],
    }


def measured(records: list[dict]) -> list[str]:
    """What both sides were measured with, in the order of the first measurements."""
    ours = {record["request"] for record in records if record["side"] == "ours"}
    theirs = dict.fromkeys(record["request"] for record in records if record["side"] == "theirs")
    return [request for request in theirs if THEIRS_ONLY.get(request, request) in ours]


def result(request: str, comparison: dict, model: Model, load: Workload, operations: float, moved: float) -> dict:
    work, *rest = request.split()
    batch = int(rest[0]) if rest else load.prompts * load.group_size
    shape = Shape.of(work, load, batch)
    least = floor(THEIRS_ONLY.get(work, work), model, shape, operations, moved)
    requests = {"ours": THEIRS_ONLY.get(request, request), "theirs": request}
    sides = {name: side(name, each, comparison["records"], shape.tokens(work)) for name, each in requests.items()}
    by_round = [theirs / mine for mine, theirs in zip(sides["ours"]["seconds"], sides["theirs"]["seconds"])]
    ratio = sides["theirs"]["median_seconds"] / sides["ours"]["median_seconds"]
    return {
        "work": work,
        "batch": batch,
        "tokens": shape.tokens(work),
        **sides,
        "ratio": ratio,
        "ratio_least": min(by_round),
        "ratio_most": max(by_round),
        "ratio_of_processor_seconds": sides["theirs"]["median_processor_seconds"]
        / max(0.01, sides["ours"]["median_processor_seconds"]),
        "target": TARGETS.get(work),
        "floor": {
            "operations": least.operations,
            "bytes": least.bytes,
            "operations_seconds": least.operations_seconds,
            "bytes_seconds": least.bytes_seconds,
            "seconds": least.seconds,
            "ours_over_floor": sides["ours"]["median_seconds"] / least.seconds,
            "theirs_over_floor": sides["theirs"]["median_seconds"] / least.seconds,
        },
    }


def side(name: str, request: str, records: list[dict], tokens: int) -> dict:
    mine = [record for record in records if record["side"] == name and record["request"] == request]
    wrong = {record["tokens"] for record in mine} - {tokens}
    if wrong:
        raise SystemExit(f"{request}: {name} counted {wrong} tokens, not {tokens}")
    seconds = [record["seconds"] for record in mine]
    return {
        "seconds": seconds,
        "median_seconds": median(seconds),
        "tokens_per_second": tokens / median(seconds),
        "median_processor_seconds": median(record["processor_seconds"] for record in mine),
        "peak_rss_bytes": max(record["peak_rss_bytes"] for record in mine),
        "grown_by_bytes": max(record["peak_rss_bytes"] - record["rss_before_bytes"] for record in mine),
        "parts": {
            part: median(record["parts"][part] for record in mine) for part in (mine[0].get("parts") or {})
        },
    }


def markdown(document: dict) -> str:
    machine = document["machine"]
    text = [
        f"{document['date'][:10]}, commit {machine['commit']}, {machine['processor']}, {machine['cores']} cores, "
        f"{machine['memory_bytes'] / 2**30:.0f} GiB; {document['options']['threads']} threads a side, "
        f"{document['options']['dtype']}; {document['seconds']} s in all.",
        "",
    ]
    for model in document["models"]:
        text += model_tables(model)
    return "\n".join(text)


def replace(file: Path, table: str) -> None:
    """Puts the tables between the file's two marks, in place of those that were there."""
    before, rest = file.read_text().split(BEGIN)
    file.write_text(before + BEGIN + "\n" + table.rstrip() + "\n\n" + END + rest.split(END)[1])


def model_tables(model: dict) -> list[str]:
    ours, theirs = model["sides"]["ours"], model["sides"]["theirs"]
    lengths = model["completion_lengths"]
    text = [
        f"### {Path(model['model']).name}: {theirs['parameters']:,} parameters",
        "",
        f"Ours: {ours['engine_version']}, {settings(ours)}. Theirs: {theirs['engine_version']}, {settings(theirs)}.",
        f"Rollouts and ragged steps: {model['prompts']} prompts, {lengths['sequences']} completions, lengths "
        f"{lengths['distribution']}: mean {lengths['mean']:.1f}, median {lengths['median']:.0f}, "
        f"{lengths['least']} to {lengths['most']}.",
        f"Machine: {model['operations_per_second'] / 1e9:.0f} G operations/s, {model['bytes_per_second'] / 1e9:.0f} GB/s.",
        "",
        "| work | batch | ours | theirs | ours tokens/s | theirs tokens/s | ratio (of rounds) | of processor time | target | floor | ours / floor"
        " | theirs / floor | peak MiB ours, theirs |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    return text + [row(result) for result in model["results"]] + [""]


def settings(side: dict) -> str:
    return ", ".join(f"{name} {value}" for name, value in (side.get("settings") or {}).items())


def row(result: dict) -> str:
    ours, theirs, least = result["ours"], result["theirs"], result["floor"]
    bound = "operations" if least["operations_seconds"] >= least["bytes_seconds"] else "bytes"
    cells = [
        result["work"],
        str(result["batch"]),
        spread(ours["seconds"]),
        spread(theirs["seconds"]),
        f"{ours['tokens_per_second']:,.0f}",
        f"{theirs['tokens_per_second']:,.0f}",
        f"**{result['ratio']:.2f}** ({result['ratio_least']:.2f}–{result['ratio_most']:.2f})",
        f"{result['ratio_of_processor_seconds']:.2f}",
        f"{result['target']}" if result["target"] else "",
        f"{least['seconds']:.3f} s ({bound})",
        f"{least['ours_over_floor']:.1f}",
        f"{least['theirs_over_floor']:.1f}",
        f"{ours['peak_rss_bytes'] / 2**20:.0f}, {theirs['peak_rss_bytes'] / 2**20:.0f}",
    ]
    return "| " + " | ".join(cells) + " |"


def spread(seconds: list[float]) -> str:
    return f"{median(seconds):.3f} s ({min(seconds):.3f}–{max(seconds):.3f})"
