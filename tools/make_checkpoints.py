"""Small random checkpoints of each architecture, and what transformers computes with them.

One folder a checkpoint: config.json, generation_config.json, safetensors, expected.json (token ids, loss, norms of
gradients, greedy continuation) and expected.safetensors (logits, log-probabilities, some gradients). Everything
expected is computed after the folder has been read again, in float32, so that it is transformers that reads each
spelling of the settings and each type of number.
"""

import json
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import (
    AutoModelForCausalLM,
    AutoModelForSequenceClassification,
    GenerationConfig,
    LlamaConfig,
    LlamaForCausalLM,
    LlamaForSequenceClassification,
    Qwen2Config,
    Qwen2ForCausalLM,
    Qwen2ForSequenceClassification,
    Qwen3Config,
    Qwen3ForCausalLM,
    Qwen3ForSequenceClassification,
)

CONTINUATION = 64
PADDING = 0
END_OF_TEXT = [1, 2]
FIRST_ORDINARY = 3
SMALLEST_MARGIN = 2e-3  # between the two highest logits of a greedy step: far above rounding
ADVANTAGES = (1.25, -0.5, 0.75)  # one a sequence
FEWEST_DISTINCT = 16  # tokens of a continuation: a model that repeats itself shows little

LLAMA3_ROPE = {
    "rope_type": "llama3",
    "rope_theta": 500000.0,
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 256,  # small, so that all three bands of frequencies occur
}


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint to be made. Sequences are (length, first scored token)."""

    name: str
    config_class: type
    model_class: type
    settings: dict
    dtype: torch.dtype = torch.float32
    shard_size: str = "1GB"
    spelling: str = "rope_parameters"  # or "rope_theta", with rope_scaling, as transformers 4 writes
    sequences: tuple = ((7, 1), (33, 12), (90, 1))
    full_gradients: tuple = field(default=())

    @property
    def is_reward_model(self):
        return self.model_class.__name__.endswith("ForSequenceClassification")


def sizes(**changes):
    base = {
        "vocab_size": 256,
        "hidden_size": 32,
        "intermediate_size": 48,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "max_position_embeddings": 512,
        "rms_norm_eps": 1e-6,
        "tie_word_embeddings": True,
        "rope_parameters": {"rope_type": "default", "rope_theta": 1000000.0},
        "bos_token_id": None,
        "eos_token_id": END_OF_TEXT,
        "pad_token_id": PADDING,
    }
    return base | changes


ATTENTION = ("self_attn.q_proj.weight", "self_attn.k_proj.weight", "self_attn.v_proj.weight", "self_attn.o_proj.weight")
QWEN2_PARTS = (*ATTENTION, "self_attn.q_proj.bias", "self_attn.k_proj.bias", "self_attn.v_proj.bias", "mlp.gate_proj.weight")
QWEN3_PARTS = (*ATTENTION, "self_attn.q_norm.weight", "self_attn.k_norm.weight", "mlp.up_proj.weight")
LLAMA_PARTS = (*ATTENTION, "input_layernorm.weight", "mlp.down_proj.weight")
TOP = ("model.embed_tokens.weight", "model.norm.weight")

CHECKPOINTS = [
    Checkpoint(
        "qwen2-tied",
        Qwen2Config,
        Qwen2ForCausalLM,
        sizes(vocab_size=1088),  # room for the tokenizers beside these checkpoints
        spelling="rope_theta",
        full_gradients=QWEN2_PARTS,
    ),
    Checkpoint(
        "qwen2-untied-sharded",
        Qwen2Config,
        Qwen2ForCausalLM,
        sizes(num_hidden_layers=3, hidden_size=48, num_attention_heads=6, num_key_value_heads=2, tie_word_embeddings=False),
        shard_size="60KB",
        full_gradients=("lm_head.weight", *QWEN2_PARTS),
    ),
    Checkpoint(
        "qwen2-bfloat16",
        Qwen2Config,
        Qwen2ForCausalLM,
        sizes(hidden_size=40, num_attention_heads=5, num_key_value_heads=1),
        dtype=torch.bfloat16,
        full_gradients=QWEN2_PARTS,
    ),
    Checkpoint(
        "qwen3-tied",
        Qwen3Config,
        Qwen3ForCausalLM,
        sizes(head_dim=16),  # twice hidden_size / num_attention_heads
        full_gradients=QWEN3_PARTS,
    ),
    Checkpoint(
        "qwen3-untied-biased-float16",
        Qwen3Config,
        Qwen3ForCausalLM,
        sizes(head_dim=8, tie_word_embeddings=False, attention_bias=True),
        dtype=torch.float16,
        spelling="rope_theta",
        full_gradients=("lm_head.weight", "self_attn.o_proj.bias", *QWEN3_PARTS),
    ),
    Checkpoint(
        "llama-rope3-tied",
        LlamaConfig,
        LlamaForCausalLM,
        sizes(vocab_size=1088, rope_parameters=LLAMA3_ROPE, rms_norm_eps=1e-5),
        spelling="rope_theta",
        full_gradients=LLAMA_PARTS,
    ),
    Checkpoint(
        "llama-rope3-wide-heads-biased",
        LlamaConfig,
        LlamaForCausalLM,
        sizes(
            head_dim=24,  # three times hidden_size / num_attention_heads
            rope_parameters=LLAMA3_ROPE,
            tie_word_embeddings=False,
            attention_bias=True,
            mlp_bias=True,
        ),
        full_gradients=("lm_head.weight", "self_attn.o_proj.bias", "mlp.down_proj.bias", *LLAMA_PARTS),
    ),
    Checkpoint(
        "llama-linear-bfloat16-sharded",
        LlamaConfig,
        LlamaForCausalLM,
        sizes(num_key_value_heads=4, rope_parameters={"rope_type": "linear", "rope_theta": 10000.0, "factor": 4.0}),
        dtype=torch.bfloat16,
        shard_size="20KB",
        full_gradients=LLAMA_PARTS,
    ),
    Checkpoint(
        "qwen2-score",
        Qwen2Config,
        Qwen2ForSequenceClassification,
        sizes(num_labels=1),
        full_gradients=("score.weight", *QWEN2_PARTS),
    ),
    Checkpoint(
        "qwen3-score-bfloat16",
        Qwen3Config,
        Qwen3ForSequenceClassification,
        sizes(num_labels=1, head_dim=16),
        dtype=torch.bfloat16,
        spelling="rope_theta",
        full_gradients=("score.weight", *QWEN3_PARTS),
    ),
    Checkpoint(
        "llama-score-sharded",
        LlamaConfig,
        LlamaForSequenceClassification,
        sizes(num_labels=1, head_dim=16, rope_parameters=LLAMA3_ROPE, tie_word_embeddings=False),
        shard_size="60KB",
        full_gradients=("score.weight", *LLAMA_PARTS),
    ),
]


def randomise(model, seed):
    """Weights wide enough for logits that differ, and norms and biases that do something."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            noise = torch.randn(parameter.shape, generator=generator)
            if name.endswith("norm.weight"):
                parameter.copy_(1 + 0.2 * noise)
            elif name.endswith(".bias"):
                parameter.copy_(0.3 * noise)
            elif name.endswith("embed_tokens.weight"):
                parameter.copy_(0.5 * noise)
            else:
                parameter.copy_(1.2 * noise / parameter.shape[-1] ** 0.5)


def respell(folder):
    """Writes the rope settings of config.json as transformers 4 did."""
    file = folder / "config.json"
    config = json.loads(file.read_text())
    rope = config.pop("rope_parameters")
    config["rope_theta"] = rope.pop("rope_theta")
    config["rope_scaling"] = None if rope["rope_type"] == "default" else rope
    config["torch_dtype"] = config.pop("dtype")
    file.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")


def write_checkpoint(checkpoint, folder, seed):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    model = checkpoint.model_class(checkpoint.config_class(**checkpoint.settings))
    randomise(model, seed)
    model = model.to(checkpoint.dtype)
    model.config.dtype = checkpoint.dtype
    if not checkpoint.is_reward_model:
        model.generation_config = GenerationConfig(eos_token_id=END_OF_TEXT, pad_token_id=PADDING)
    model.save_pretrained(folder, max_shard_size=checkpoint.shard_size)
    if checkpoint.spelling == "rope_theta":
        respell(folder)


def read_checkpoint(checkpoint, folder):
    reader = AutoModelForSequenceClassification if checkpoint.is_reward_model else AutoModelForCausalLM
    model = reader.from_pretrained(folder, dtype=torch.float32, local_files_only=True).eval()
    assert type(model) is checkpoint.model_class
    return model


def random_tokens(checkpoint, length, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(FIRST_ORDINARY, checkpoint.settings["vocab_size"], (1, length), generator=generator)


def greedy(model, prompt, end_of_text=None):
    model.generation_config = GenerationConfig(eos_token_id=end_of_text, pad_token_id=PADDING)
    with torch.no_grad():
        tokens = model.generate(
            prompt, attention_mask=torch.ones_like(prompt), do_sample=False, max_new_tokens=CONTINUATION
        )
    return tokens[0, prompt.shape[1] :].tolist()


def is_telling(model, prompt, continuation):
    """Whether rounding cannot change the continuation, and it is not the same few tokens again and again."""
    with torch.no_grad():
        logits = model(torch.cat([prompt, torch.tensor([continuation])], dim=1)).logits[0, prompt.shape[1] - 1 : -1]
    best = logits.topk(2, dim=-1).values
    margin = (best[:, 0] - best[:, 1]).min().item()
    return margin > SMALLEST_MARGIN and len(set(continuation)) >= FEWEST_DISTINCT


def continuation_of(model, checkpoint):
    for seed in range(1000):
        prompt = random_tokens(checkpoint, 11, 5000 + seed)
        continuation = greedy(model, prompt)
        if is_telling(model, prompt, continuation):
            firsts = sorted({token: place for place, token in reversed(list(enumerate(continuation)))}.items(), key=lambda i: i[1])
            ends = sorted(token for token, place in firsts[-2:])
            stopped = greedy(model, prompt, ends)
            assert continuation[: len(stopped)] == stopped and stopped[-1] in ends and len(stopped) < CONTINUATION
            return {"prompt": prompt[0].tolist(), "continuation": continuation, "ends": ends, "stopped": stopped}
    raise ValueError(f"{checkpoint.name}: no prompt has a continuation that tells much; choose another seed for the weights")


def gradients(model, checkpoint, tensors):
    """Norms of all gradients; those of the last layer's parts that the checkpoint names are kept whole."""
    norms = {}
    last = f"model.layers.{checkpoint.settings['num_hidden_layers'] - 1}."
    whole = {part if part.startswith(("lm_head", "score")) else last + part for part in checkpoint.full_gradients}
    whole |= {"model.norm.weight", "model.layers.0.input_layernorm.weight"}
    for name, parameter in sorted(model.named_parameters()):
        norms[name] = parameter.grad.double().norm().item()
        if name in whole or (name == "model.embed_tokens.weight" and checkpoint.settings["vocab_size"] <= 256):
            tensors["gradient." + name] = parameter.grad.clone()
            whole.discard(name)
    assert not whole, whole
    return norms


def expect_of_language_model(checkpoint, model, tensors):
    expected = {"sequences": []}
    targets = sum(length - start for length, start in checkpoint.sequences)
    total = 0.0
    model.zero_grad()
    for i, (length, start) in enumerate(checkpoint.sequences):
        tokens = random_tokens(checkpoint, length, i)
        labels = tokens.clone()
        labels[:, :start] = -100
        result = model(tokens, labels=labels)
        loss = result.loss * (length - start) / targets
        loss.backward()
        total += loss.item()
        log_probs = torch.log_softmax(result.logits[0].detach(), dim=-1)
        tensors[f"log_probs.{i}"] = log_probs[:-1].gather(1, tokens[0, 1:, None])[:, 0].contiguous()
        if length < 50:
            tensors[f"logits.{i}"] = result.logits[0].detach().clone()
        expected["sequences"].append({"tokens": tokens[0].tolist(), "from": start})
    expected["loss"] = total
    expected["gradientNorms"] = gradients(model, checkpoint, tensors)
    expected["policy"] = expect_of_policy(checkpoint, model)
    expected["greedy"] = continuation_of(model, checkpoint)
    return expected


def expect_of_policy(checkpoint, model):
    """The policy gradient at the policy that sampled: clipped ratio times advantage, mean over all scored tokens."""
    model.zero_grad()
    targets = sum(length - start for length, start in checkpoint.sequences)
    total = 0.0
    for i, (length, start) in enumerate(checkpoint.sequences):
        tokens = random_tokens(checkpoint, length, i)
        log_probs = torch.log_softmax(model(tokens).logits[0, start - 1 : -1], dim=-1)
        log_probs = log_probs.gather(1, tokens[0, start:, None])[:, 0]
        ratio = (log_probs - log_probs.detach()).exp()
        loss = -torch.minimum(ratio * ADVANTAGES[i], ratio.clamp(0.8, 1.2) * ADVANTAGES[i]).sum() / targets
        loss.backward()
        total += loss.item()
    norms = {name: parameter.grad.double().norm().item() for name, parameter in sorted(model.named_parameters())}
    return {"advantages": list(ADVANTAGES), "loss": total, "gradientNorms": norms}


def expect_of_reward_model(checkpoint, model, tensors):
    """Outputs, each computed alone, and loss and gradient of the labels 1, 0, 1, ...: the mean binary cross-entropy."""
    sequences = [random_tokens(checkpoint, length, i) for i, (length, _) in enumerate(checkpoint.sequences)]
    model.zero_grad()
    outputs = torch.cat([model(tokens).logits[:, 0] for tokens in sequences])
    labels = [float(1 - i % 2) for i in range(len(sequences))]
    loss = torch.nn.functional.binary_cross_entropy_with_logits(outputs, torch.tensor(labels))
    loss.backward()
    width = max(tokens.shape[1] for tokens in sequences)
    padded = torch.cat([torch.nn.functional.pad(tokens, (0, width - tokens.shape[1]), value=PADDING) for tokens in sequences])
    with torch.no_grad():
        together = model(padded, attention_mask=(padded != PADDING).long()).logits[:, 0]
    assert torch.allclose(together, outputs, atol=1e-4), (together, outputs)
    return {
        "sequences": [{"tokens": tokens[0].tolist(), "from": 1} for tokens in sequences],
        "outputs": outputs.tolist(),
        "labels": labels,
        "loss": loss.item(),
        "gradientNorms": gradients(model, checkpoint, tensors),
    }


def make(checkpoint, folder, seed):
    write_checkpoint(checkpoint, folder, seed)
    model = read_checkpoint(checkpoint, folder)
    tensors = {}
    expect = expect_of_reward_model if checkpoint.is_reward_model else expect_of_language_model
    expected = expect(checkpoint, model, tensors)
    expected = {"dtype": str(checkpoint.dtype).removeprefix("torch."), **expected}
    (folder / "expected.json").write_text(json.dumps(expected, separators=(",", ":")) + "\n")
    save_file(tensors, folder / "expected.safetensors")
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"{checkpoint.name}: {size / 1024:.0f} KB, loss {expected['loss']:.4f}", file=sys.stderr)


def make_all(target):
    torch.manual_seed(0)
    torch.set_num_threads(1)
    for number, checkpoint in enumerate(CHECKPOINTS):
        make(checkpoint, target / "checkpoints" / checkpoint.name, 100 + number)


if __name__ == "__main__":
    make_all(Path(sys.argv[1]))
