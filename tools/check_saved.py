"""Loads checkpoints that Cooper saved in transformers and compares logits: python check_saved.py FOLDER...

Each folder holds, beside the model, ours.json as dev.cooper.languagemodel.parity.SavedCheckpoints writes it: sequences
of token ids and what our engine computed for them ("logits" [tokens][vocabulary], or one "output" of a reward model),
and optionally the folder that the model was loaded from ("source"), whose tensors must then be the same bytes when
"asRead" is true, and the same values in any case.
"""

import json
import sys
from pathlib import Path

import torch
from safetensors import safe_open
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification, AutoTokenizer

TOLERANCE = 1e-4


def tensors_of(folder):
    tensors = {}
    for file in sorted(folder.glob("model*.safetensors")):
        with safe_open(file, framework="pt") as source:
            tensors |= {name: source.get_tensor(name) for name in source.keys()}
    return tensors


def compare_tensors(folder, source, as_read):
    """Number of tensors, all of which are equal, or an error that names the first that is not."""
    ours, theirs = tensors_of(folder), tensors_of(source)
    if ours.keys() != theirs.keys():
        raise SystemExit(f"{folder}: other tensors than {source}: {sorted(ours.keys() ^ theirs.keys())}")
    for name, tensor in ours.items():
        same = tensor.dtype == theirs[name].dtype if as_read else tensor.dtype == torch.float32
        if not same or not torch.equal(tensor.float(), theirs[name].float()):
            raise SystemExit(f"{folder}: tensor {name} ({tensor.dtype}) differs from that of {source}")
    return len(ours)


def largest_difference(model, sequence):
    with torch.no_grad():
        logits = model(torch.tensor([sequence["tokens"]])).logits[0]
    ours = sequence["logits"] if "logits" in sequence else [sequence["output"]]
    return (torch.tensor(ours) - logits.reshape(torch.tensor(ours).shape)).abs().max().item()


def check(folder):
    ours = json.loads((folder / "ours.json").read_text())
    is_reward_model = "output" in ours["sequences"][0]
    reader = AutoModelForSequenceClassification if is_reward_model else AutoModelForCausalLM
    model, report = reader.from_pretrained(
        folder, dtype=torch.float32, local_files_only=True, output_loading_info=True
    )
    problems = {kind: names for kind, names in report.items() if names}
    if problems:
        raise SystemExit(f"{folder}: transformers loads it with {problems}")
    difference = max(largest_difference(model.eval(), sequence) for sequence in ours["sequences"])
    tokens = ""
    settings = folder / "tokenizer_config.json"
    if settings.exists() and "tokenizer_class" in json.loads(settings.read_text()):
        tokens = f", tokenizer of {len(AutoTokenizer.from_pretrained(folder, local_files_only=True))} tokens"
    same = ""
    if "source" in ours:
        kind = "bytes" if ours["asRead"] else "values"
        same = f", {compare_tensors(folder, Path(ours['source']), ours['asRead'])} tensors with equal {kind}"
    print(f"{folder.name}: {type(model).__name__}, largest difference {difference:.2e}{same}{tokens}")
    return difference <= TOLERANCE


if __name__ == "__main__":
    outcomes = [check(Path(folder)) for folder in sys.argv[1:]]
    if not outcomes or not all(outcomes):
        raise SystemExit(f"{outcomes.count(False)} of {len(outcomes)} folders differ by more than {TOLERANCE}")
