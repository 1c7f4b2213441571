"""The work of `cooper bench` done by transformers and by TRL's GRPO trainer.

Started by compare.py. The first line on stdout describes this side; then each line on stdin (`WORK [BATCH]`, or `rates BYTES`)
is done once and answered by one line of JSON. Everything else goes to stderr.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

import torch
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    ContinuousBatchingConfig,
    GenerationConfig,
    StoppingCriteria,
    StoppingCriteriaList,
)

from workload import DECODE_PROMPT, DECODE_TOKENS, PADDING, PREFILL_PROMPT, Lengths, Shape, Workload


class StopAtLengths(StoppingCriteria):
    """Ends each row after its own number of new tokens."""

    def __init__(self, prompt_width: int, lengths: list[int]):
        self.ends = torch.tensor(lengths) + prompt_width

    def __call__(self, input_ids, scores, **unused):
        return input_ids.shape[1] >= self.ends.to(input_ids.device)


def left_padded(prompts: list[list[int]], device) -> dict:
    width = max(map(len, prompts))
    ids = [[PADDING] * (width - len(prompt)) + prompt for prompt in prompts]
    mask = [[0] * (width - len(prompt)) + [1] * len(prompt) for prompt in prompts]
    return {"input_ids": torch.tensor(ids, device=device), "attention_mask": torch.tensor(mask, device=device)}


class Generation:
    """transformers' `generate`: sampling at temperature 1 without filters, float32 or bfloat16, its default cache."""

    def __init__(self, model, load: Workload, cache: str | None):
        self.model = model.eval()
        self.model.generation_config = GenerationConfig(eos_token_id=None)  # only its length ends a completion
        self.load = load
        self.cache = cache
        self.manager = None

    def prepare(self, work: str, batch: int) -> tuple[int, Callable[[], dict]]:
        """How many sequences, and what is timed; inputs are made beforehand."""
        if work.startswith("rollouts"):
            lengths = self.load.completion_lengths()
            prompts = [prompt for prompt in self.load.ragged_prompts() for _ in range(self.load.group_size)]
        else:
            width, length = (PREFILL_PROMPT, 1) if work == "prefill" else (DECODE_PROMPT, DECODE_TOKENS)
            prompts, lengths = [self.load.prompt(p, width) for p in range(batch)], [length] * batch
        if work == "rollouts-continuous":
            self.start_continuous_batching()
            self.generate_continuously(prompts[:1], [2])
            return len(prompts), lambda: self.generate_continuously(prompts, lengths)
        inputs = left_padded(prompts, self.model.device)
        return len(prompts), lambda: self.generate(inputs, lengths)

    def generate(self, inputs: dict, lengths: list[int]) -> dict:
        width = inputs["input_ids"].shape[1]
        settings = GenerationConfig(
            do_sample=True,
            temperature=1.0,
            top_k=0,
            top_p=1.0,
            max_new_tokens=max(lengths),
            pad_token_id=PADDING,
            cache_implementation=self.cache,
        )
        ragged = min(lengths) < max(lengths)
        stop = StoppingCriteriaList([StopAtLengths(width, lengths)] if ragged else [])
        out = self.model.generate(**inputs, generation_config=settings, stopping_criteria=stop)
        if out.shape[1] != width + max(lengths):
            raise RuntimeError(f"generate made {out.shape[1] - width} tokens, not {max(lengths)}")
        return {}

    def start_continuous_batching(self) -> None:
        """The engine behind `generate_batch`, with a cache for all rollouts; TRL offers it as an alternative to `generate`."""
        count = self.load.prompts * self.load.group_size
        blocks = ContinuousBatchingConfig(block_size=32, num_blocks=16 * count, max_batch_tokens=1024)
        settings = GenerationConfig(
            do_sample=True, temperature=1.0, top_k=0, top_p=1.0, eos_token_id=-1, pad_token_id=PADDING
        )
        self.manager = self.model.init_continuous_batching(
            generation_config=settings, continuous_batching_config=blocks
        )
        self.manager.start()

    def generate_continuously(self, prompts: list[list[int]], lengths: list[int]) -> dict:
        for prompt, length in zip(prompts, lengths):
            self.manager.add_request(prompt, max_new_tokens=length)
        made = 0
        for _ in prompts:
            while (result := self.manager.get_result(timeout=1)) is None:
                if not self.manager.is_running():
                    raise RuntimeError("transformers' continuous batching ended before its requests")
            made += len(result.generated_tokens)
        if made != sum(lengths):
            raise RuntimeError(f"continuous batching made {made} tokens, not {sum(lengths)}")
        return {}

    def rest(self) -> None:
        """Ends the thread of continuous batching, and gives its cache back."""
        if self.manager is not None:
            self.manager.stop(block=True)
            self.manager = None


def process_memory(field: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) * 1024
    return 0


def reset_peak_memory() -> None:
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError as error:
        print(f"peak memory is since the start of the process: {error}", file=sys.stderr)


def wait_for_device() -> None:
    """What is asked of a CUDA device is done later: a time is taken when it is done."""
    if torch.cuda.is_available():
        torch.cuda.synchronize()


def best_seconds(action: Callable[[], object], repeats: int) -> float:
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        wait_for_device()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def rates(resident_bytes: int, device: str) -> dict:
    """What the machine can do: a large float32 product, and copies of more than a cache and of the weights' size."""
    left, right, product = (torch.rand(2048, 2048, device=device) for _ in range(3))
    result = {"matmul_operations_per_second": 2 * 2048**3 / best_seconds(lambda: torch.mm(left, right, out=product), 10)}
    for name, size in (("copy_bytes_per_second", 1 << 30), ("resident_copy_bytes_per_second", resident_bytes)):
        source, target = (torch.ones(size // 4, device=device) for _ in range(2))
        result[name] = 2 * size / best_seconds(lambda: target.copy_(source), 3)
    return result


class Side:
    def __init__(self, options):
        self.options = options
        config = AutoConfig.from_pretrained(options.model)
        self.load = Workload(
            options.seed, config.vocab_size, options.prompts, options.group_size, Lengths(options.lengths)
        )
        with torch.device("meta"):
            self.parameters = sum(p.numel() for p in AutoModelForCausalLM.from_config(config).parameters())

    def header(self) -> dict:
        return {
            "engine": "transformers+trl",
            "engine_version": ", ".join(f"{name} {version(name)}" for name in ("torch", "transformers", "trl")),
            "threads": torch.get_num_threads(),
            "device": self.options.device,
            "dtype": self.options.dtype,
            "parameters": self.parameters,
            "settings": {
                "cache": self.options.cache or "default",
                "micro_batch": self.options.micro_batch,
                "activation_checkpointing": self.options.checkpointing,
            },
            "completion_lengths": self.load.completion_lengths(),
            "prompt_lengths": [len(prompt) for prompt in self.load.ragged_prompts()],
        }

    def answer(self, work: str, number: int) -> dict:
        if work == "rates":
            return {"work": work, **rates(number, self.options.device)}
        if work in ("prefill", "decode", "rollouts", "rollouts-continuous"):
            sequences, action = self.generation.prepare(work, number)
        else:
            self.grpo.prepare(work)
            sequences, action = self.load.prompts * self.load.group_size, lambda: self.grpo.step(work)
        before = process_memory("VmRSS")
        reset_peak_memory()
        start = time.perf_counter()
        details = action()
        wait_for_device()
        seconds = details.pop("seconds", None) or time.perf_counter() - start
        peak = process_memory("VmHWM")
        if work == "rollouts-continuous":
            self.generation.rest()
        tokens = Shape.of(work, self.load, number).tokens(work)
        return {
            "work": work,
            "batch": sequences,
            "tokens": tokens,
            "seconds": seconds,
            "tokens_per_second": tokens / seconds,
            **details,
            "rss_before_bytes": before,
            "peak_rss_bytes": peak,
        }

    def model(self, dtype: str):
        model = AutoModelForCausalLM.from_pretrained(self.options.model, dtype=getattr(torch, dtype))
        return model.to(self.options.device)

    @cached_property
    def generation(self) -> Generation:
        return Generation(self.model(self.options.dtype), self.load, self.options.cache)

    @cached_property
    def grpo(self):
        from trl_steps import GrpoSteps  # only here: importing TRL takes memory that generation does not need

        return GrpoSteps(self.model("float32"), self.load, self.options)


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="a model folder in Hugging Face layout")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--prompts", type=int, default=8)
    parser.add_argument("--group-size", type=int, default=16)
    parser.add_argument("--lengths", default="lognormal:48:0.8:4:256")
    parser.add_argument("--micro-batch", type=int, default=32, help="TRL's per_device_train_batch_size")
    parser.add_argument("--dtype", default="float32", choices=["float32", "bfloat16"])
    parser.add_argument("--device", default="cpu", choices=["cpu", "cuda"])
    parser.add_argument("--checkpointing", action="store_true", help="TRL with activation checkpointing, its default")
    parser.add_argument("--cache", help="transformers' cache_implementation; its default if not given")
    return parser.parse_args()


def main() -> None:
    settings = options()
    answers = os.fdopen(os.dup(1), "w")  # whatever else is printed must not come between the answers
    os.dup2(2, 1)
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    side = Side(settings)
    print(json.dumps(side.header()), file=answers, flush=True)
    for line in sys.stdin:
        work, number = (line.split() + ["0"])[:2]
        print(json.dumps(side.answer(work, int(number))), file=answers, flush=True)


if __name__ == "__main__":
    main()
