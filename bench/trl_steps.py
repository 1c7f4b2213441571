"""TRL's GRPO trainer on the benchmark's work: its own training loop, with lengths imposed and, for the training steps, with
the completions given instead of sampled."""

import copy
import tempfile
import time

import torch
from datasets import Dataset
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit
from transformers import PreTrainedTokenizerFast, StoppingCriteriaList, TrainerCallback
from trl import GRPOConfig, GRPOTrainer

from peers import StopAtLengths, left_padded, wait_for_device
from workload import END, FIRST_TOKEN, PADDING, Workload


def tokenizer(vocabulary: int) -> PreTrainedTokenizerFast:
    """The word `tN` is the token N: TRL takes prompts as text."""
    words = Tokenizer(WordLevel({f"t{i}": i for i in range(vocabulary)}, unk_token=f"t{PADDING}"))
    words.pre_tokenizer = WhitespaceSplit()
    return PreTrainedTokenizerFast(
        tokenizer_object=words, eos_token=f"t{END}", pad_token=f"t{PADDING}", padding_side="left"
    )


def even_share(completion_ids: list[list[int]], **unused) -> list[float]:
    """The reward: the share of even tokens. It costs nothing and differs between completions."""
    return [sum(token % 2 == 0 for token in ids) / len(ids) for ids in completion_ids]


def right_padded(completions: list[list[int]], device) -> tuple[torch.Tensor, torch.Tensor]:
    width = max(map(len, completions))
    ids = [completion + [PADDING] * (width - len(completion)) for completion in completions]
    mask = [[1] * len(completion) + [0] * (width - len(completion)) for completion in completions]
    return torch.tensor(ids, device=device), torch.tensor(mask, device=device)


class StepClock(TrainerCallback):
    """Time of an optimiser step as the training loop marks it: sampling, accumulation, clipping and AdamW."""

    seconds = 0.0
    start = 0.0

    def on_step_begin(self, args, state, control, **unused):
        self.start = time.perf_counter()

    def on_step_end(self, args, state, control, **unused):
        wait_for_device()
        self.seconds = time.perf_counter() - self.start


class Trainer(GRPOTrainer):
    """TRL's trainer, which gets completions instead of sampling them while `given` is set."""

    given: dict | None = None
    sampling_seconds = 0.0

    def _generate_and_score_completions(self, inputs):
        if self.given is not None:
            return dict(self.given)
        start = time.perf_counter()
        scored = super()._generate_and_score_completions(inputs)
        wait_for_device()
        self.sampling_seconds = time.perf_counter() - start
        return scored


class GrpoSteps:
    """One optimiser step a call, on all sequences of the workload at once."""

    def __init__(self, model, load: Workload, options):
        self.load = load
        self.clock = StepClock()
        count = load.prompts * load.group_size
        micro_batch = min(options.micro_batch, count)
        if count % micro_batch != 0:
            raise ValueError(f"{count} sequences cannot be split into micro-batches of {micro_batch}")
        self.folder = tempfile.TemporaryDirectory()
        prompts = [" ".join(f"t{token}" for token in prompt) for prompt in load.ragged_prompts()]
        impose_lengths(model, load)
        self.trainer = Trainer(
            model=model,
            reward_funcs=even_share,
            args=configuration(self.folder.name, load, micro_batch, options),
            train_dataset=Dataset.from_dict({"prompt": prompts}),
            processing_class=tokenizer(load.vocabulary),
            callbacks=[self.clock],
        )

    def prepare(self, work: str) -> None:
        self.trainer.given = None if work == "grpo-step" else self.completions(work)

    def step(self, work: str) -> dict:
        self.trainer.train()
        details = {"seconds": self.clock.seconds}
        if work == "grpo-step":
            sampling = self.trainer.sampling_seconds
            details["parts"] = {"sampling": sampling, "training": self.clock.seconds - sampling}
        return details

    def completions(self, work: str) -> dict:
        """What the trainer would have made of its own samples: prompts padded left, completions padded right to the longest."""
        pairs = self.load.sequences(work)
        device = self.trainer.accelerator.device
        prompts = left_padded([prompt for prompt, _ in pairs], device)
        ids, mask = right_padded([completion for _, completion in pairs], device)
        advantages = [1.0 if place % self.load.group_size % 2 == 0 else -1.0 for place in range(len(pairs))]
        return {
            "prompt_ids": prompts["input_ids"],
            "prompt_mask": prompts["attention_mask"],
            "completion_ids": ids,
            "completion_mask": mask,
            "advantages": torch.tensor(advantages, device=device),
            "num_items_in_batch": mask.sum(),
        }


def configuration(folder: str, load: Workload, micro_batch: int, options) -> GRPOConfig:
    """TRL's defaults but for what the comparison must hold equal, and for what would cost TRL time to no use here."""
    count = load.prompts * load.group_size
    return GRPOConfig(
        output_dir=folder,
        use_cpu=options.device == "cpu",
        bf16=options.dtype == "bfloat16",
        gradient_checkpointing=options.checkpointing,
        per_device_train_batch_size=micro_batch,
        gradient_accumulation_steps=count // micro_batch,
        num_generations=load.group_size,
        max_completion_length=max(load.completion_lengths()),
        learning_rate=1e-6,
        lr_scheduler_type="constant",
        max_steps=1,
        shuffle_dataset=False,
        save_strategy="no",
        logging_strategy="no",
        report_to=[],
        disable_tqdm=True,
        dataloader_pin_memory=False,
        seed=load.seed,
    )


def impose_lengths(model, load: Workload) -> None:
    """Makes `generate` end each row after its length, the last token being the end token, as TRL finds a completion's end."""
    generate = model.generate
    lengths = load.completion_lengths()

    def generate_to_lengths(*arguments, generation_config, **more):
        settings = copy.deepcopy(generation_config)
        # The trainer gives the model the tokenizer's end token, and generate takes it where the settings have none.
        settings.eos_token_id = model.generation_config.eos_token_id = None
        ids = more["input_ids"]
        rows, width = ids.shape
        if rows != len(lengths):
            raise RuntimeError(f"TRL generates {rows} rows at once, not {len(lengths)}")
        stop = StoppingCriteriaList([StopAtLengths(width, lengths)])
        out = generate(*arguments, generation_config=settings, stopping_criteria=stop, **more)
        completions = out[:, width:]
        if completions.shape[1] != max(lengths):
            raise RuntimeError(f"TRL's generate made {completions.shape[1]} tokens, not {max(lengths)}")
        completions[completions == END] = FIRST_TOKEN
        completions[torch.arange(rows), torch.tensor(lengths) - 1] = END
        return out

    model.generate = generate_to_lengths
