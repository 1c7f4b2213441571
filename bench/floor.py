"""The least time that a piece of work can take on a machine: operations over the rate of a large matrix product, or bytes
over the bandwidth of a copy, whichever is longer."""

from dataclasses import dataclass

from workload import Shape


@dataclass(frozen=True)
class Model:
    layers: int
    hidden: int
    intermediate: int
    heads: int
    key_value_heads: int
    head_size: int
    vocabulary: int
    bytes_per_value: int

    @property
    def layer_weights(self) -> int:
        """Values of all layers' matrices; a token takes two operations with each of them."""
        queries, keys = self.heads * self.head_size, self.key_value_heads * self.head_size
        attention = self.hidden * (2 * queries + 2 * keys)
        return self.layers * (attention + 3 * self.hidden * self.intermediate)

    @property
    def head_weights(self) -> int:
        return self.hidden * self.vocabulary

    def reading(self, first: int, last: int) -> float:
        """Operations of the tokens at positions first … last − 1 of one sequence: each sees itself and all before it."""
        seen = (first + 1 + last) * (last - first) / 2
        return 2 * self.layer_weights * (last - first) + 4 * self.layers * self.heads * self.head_size * seen

    def cache_bytes(self, positions: float) -> float:
        return 2 * self.layers * self.key_value_heads * self.head_size * positions * self.bytes_per_value


@dataclass(frozen=True)
class Floor:
    operations: float
    bytes: float
    operations_seconds: float
    bytes_seconds: float

    @property
    def seconds(self) -> float:
        return max(self.operations_seconds, self.bytes_seconds)


def sampling(model: Model, shape: Shape) -> tuple[float, float]:
    """Operations and bytes. A prompt is read once for all its samples; the weights once for the prompts and once for each
    further token of the longest completion; each token reads its sequence's keys and values."""
    operations = sum(model.reading(0, length) for length in shape.prompts)
    moved, longest = 0.0, 0
    for prompt, completion in shape.sequences:
        operations += model.reading(prompt, prompt + completion - 1) + 2 * model.head_weights * completion
        moved += model.cache_bytes((completion - 1) * (prompt + (completion - 1) / 2))
        longest = max(longest, completion)
    weights = (model.layer_weights + model.head_weights) * model.bytes_per_value
    return operations, moved + weights * longest


def training(model: Model, shape: Shape) -> tuple[float, float]:
    """Operations and bytes: the backward pass is twice the forward one; only completions have logits. AdamW reads weight,
    gradient and two moments and writes three of them, in float32; forward and backward read the weights once each."""
    operations = 3 * sum(
        model.reading(0, prompt + completion - 1) + 2 * model.head_weights * completion
        for prompt, completion in shape.sequences
    )
    values = model.layer_weights + model.head_weights
    return operations, values * (7 * 4 + 2 * model.bytes_per_value)


def floor(work: str, model: Model, shape: Shape, operations_per_second: float, bytes_per_second: float) -> Floor:
    parts = []
    if not work.startswith("training"):
        parts.append(sampling(model, shape))
    if work.startswith("training") or work == "grpo-step":
        parts.append(training(model, shape))
    operations, moved = (sum(values) for values in zip(*parts))
    return Floor(operations, moved, operations / operations_per_second, moved / bytes_per_second)
