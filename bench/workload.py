"""The work that both sides do: the same prompts and the same completion lengths, computed from a seed.

`CounterRandom` is the Java class of that name in the language-model module; the formulas are in docs/benchmarks.md. The
comparison stops if the lengths that our side reports are others.
"""

import math
from dataclasses import dataclass

MASK = (1 << 64) - 1
END, PADDING, FIRST_TOKEN = 0, 1, 2  # the tokens of a prompt or a given completion begin at FIRST_TOKEN
WORKS = ("prefill", "decode", "rollouts", "training-ragged", "training-equal", "grpo-step")
THEIRS_ONLY = {"rollouts-continuous": "rollouts"}  # other ways of theirs, beside our way of the work that is named
PREFILL_BATCH, PREFILL_PROMPT, DECODE_PROMPT, DECODE_TOKENS = 16, 256, 32, 128
EQUAL_PROMPT, EQUAL_COMPLETION = 32, 64


def _mix(value: int) -> int:
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK
    return value ^ (value >> 31)


def key(seed: int, counter: int | str) -> int:
    """The key of a counter, or of a name, below a key or seed."""
    if isinstance(counter, str):
        name, counter = counter, 0xCBF29CE484222325
        for letter in name:
            counter = ((counter ^ ord(letter)) * 0x100000001B3) & MASK
    return _mix((_mix((seed + 0x9E3779B97F4A7C15) & MASK) + counter * 0xD1B54A32D192ED03) & MASK)


def uniform(seed: int, position: int) -> float:
    return (key(seed, position) >> 11) * 2.0**-53


def integer(seed: int, position: int, bound: int) -> int:
    return int(uniform(seed, position) * bound)


def gaussian(seed: int, position: int) -> float:
    radius = math.sqrt(-2 * math.log(1 - uniform(seed, 2 * position)))
    return radius * math.cos(2 * math.pi * uniform(seed, 2 * position + 1))


@dataclass(frozen=True)
class Lengths:
    """A distribution of completion lengths: `lognormal:MEDIAN:SIGMA:MIN:MAX` or `fixed:N`."""

    text: str

    def at(self, seed: int, place: int) -> int:
        kind, *numbers = self.text.split(":")
        if kind == "fixed" and len(numbers) == 1:
            return int(numbers[0])
        if kind == "lognormal" and len(numbers) == 4:
            median, sigma = float(numbers[0]), float(numbers[1])
            length = math.floor(median * math.exp(sigma * gaussian(key(seed, "length"), place)) + 0.5)
            return max(int(numbers[2]), min(int(numbers[3]), length))
        raise ValueError(f"lengths must be lognormal:MEDIAN:SIGMA:MIN:MAX or fixed:N, not {self.text}")


@dataclass(frozen=True)
class Workload:
    seed: int
    vocabulary: int
    prompts: int
    group_size: int
    lengths: Lengths

    def prompt(self, place: int, length: int) -> list[int]:
        stream = key(key(self.seed, "prompt"), place)
        return [FIRST_TOKEN + integer(stream, i, self.vocabulary - FIRST_TOKEN) for i in range(length)]

    def completion(self, place: int, length: int) -> list[int]:
        stream = key(key(self.seed, "completion"), place)
        return [FIRST_TOKEN + integer(stream, i, self.vocabulary - FIRST_TOKEN) for i in range(length)]

    def prompt_length(self, place: int) -> int:
        return 16 + integer(key(self.seed, "prompt-length"), place, 33)

    def ragged_prompts(self) -> list[list[int]]:
        return [self.prompt(p, self.prompt_length(p)) for p in range(self.prompts)]

    def completion_lengths(self) -> list[int]:
        """One for each sample of each prompt, a prompt's samples side by side."""
        return [self.lengths.at(self.seed, place) for place in range(self.prompts * self.group_size)]

    def sequences(self, work: str) -> list[tuple[list[int], list[int]]]:
        """Prompts and completions of a training step."""
        count = self.prompts * self.group_size
        if work == "training-equal":
            prompts = [self.prompt(p, EQUAL_PROMPT) for p in range(self.prompts)]
            lengths = [EQUAL_COMPLETION] * count
        else:
            prompts = self.ragged_prompts()
            lengths = self.completion_lengths()
        return [(prompts[i // self.group_size], self.completion(i, lengths[i])) for i in range(count)]


@dataclass(frozen=True)
class Shape:
    """What the floor of a piece of work is computed from: its prompts, and each sequence's prompt and completion length."""

    prompts: list[int]
    sequences: list[tuple[int, int]]

    @staticmethod
    def of(work: str, load: Workload, batch: int) -> "Shape":
        work = THEIRS_ONLY.get(work, work)
        if work == "prefill":
            return Shape([PREFILL_PROMPT] * batch, [(PREFILL_PROMPT, 1)] * batch)
        if work == "decode":
            return Shape([DECODE_PROMPT] * batch, [(DECODE_PROMPT, DECODE_TOKENS)] * batch)
        pairs = [(len(prompt), len(completion)) for prompt, completion in load.sequences(work)]
        return Shape([pair[0] for pair in pairs[:: load.group_size]], pairs)

    def tokens(self, work: str) -> int:
        """What a work's tokens a second count."""
        if work == "prefill":
            return sum(self.prompts)
        if work.startswith("training"):
            return sum(prompt + completion for prompt, completion in self.sequences)
        return sum(completion for _, completion in self.sequences)
