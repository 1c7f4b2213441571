"""Two small byte-level BPE tokenizers built as Qwen2.5's and Llama 3's are, and what transformers makes of many strings.

Hub files are not used: the vocabularies are trained on text of our own. What is alike is what decides ids: the
pre-tokenizer's pattern, the normaliser, the kinds of added tokens, ignore_merges, and the post-processor.
"""

import json
import shutil
import sys
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

from sample_text import training_text, varied_strings

VOCABULARY = 1000  # before added tokens
STRINGS = 2400
QWEN_PATTERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
LLAMA_PATTERN = QWEN_PATTERN.replace(r"|\p{N}|", r"|\p{N}{1,3}|")
QWEN_SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_pad|>"]
QWEN_ORDINARY = ["<tool_call>", "</tool_call>", "<|fim_prefix|>", "<think>", "</think>"]  # added, but not special
LLAMA_SPECIAL = [
    "<|begin_of_text|>",
    "<|end_of_text|>",
    "<|start_header_id|>",
    "<|end_header_id|>",
    "<|eot_id|>",
    "<|eom_id|>",
    "<|python_tag|>",
    "<|reserved_special_token_0|>",
]
WHOLE_WORDS = ["Ġprobability", "Ġarithmetic", "Ġmontaña", "2048", "Reasoning", "ĠQuadratmeter"]  # no merge leads to them


def pre_tokenizer(pattern):
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(pattern), behavior="isolated", invert=False),
            pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=False, use_regex=False),
        ]
    )


def trained(pattern, normalizer):
    tokenizer = Tokenizer(models.BPE())
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizer(pattern)
    tokenizer.decoder = decoders.ByteLevel(add_prefix_space=True, trim_offsets=True, use_regex=True)
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(training_text(), trainer)
    return tokenizer


def added(token, special):
    return AddedToken(token, special=special, normalized=False)


def qwen():
    tokenizer = trained(QWEN_PATTERN, normalizers.NFC())
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    tokenizer.add_tokens([added(token, True) for token in QWEN_SPECIAL] + [added(token, False) for token in QWEN_ORDINARY])
    return tokenizer


def llama():
    tokenizer = trained(LLAMA_PATTERN, None)
    content = json.loads(tokenizer.to_str())
    vocabulary = content["model"]["vocab"]
    for word in WHOLE_WORDS:
        vocabulary.setdefault(word, len(vocabulary))
    content["model"]["ignore_merges"] = True
    tokenizer = Tokenizer.from_str(json.dumps(content))
    tokenizer.add_tokens([added(token, True) for token in LLAMA_SPECIAL])
    begin = LLAMA_SPECIAL[0]
    tokenizer.post_processor = processors.Sequence(
        [
            processors.ByteLevel(trim_offsets=False),
            processors.TemplateProcessing(
                single=f"{begin} $A",
                pair=f"{begin} $A {begin}:1 $B:1",
                special_tokens=[(begin, tokenizer.token_to_id(begin))],
            ),
        ]
    )
    return tokenizer


def write(folder, tokenizer, settings):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "clean_up_tokenization_spaces": False, **settings}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n")


def expect(folder, tokens):
    """A line a string: text, its ids, and where that is another text, what the ids decode to."""
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder, local_files_only=True)
    lines = []
    for text in varied_strings(STRINGS, tokens, 7):
        ids = tokenizer(text, add_special_tokens=False)["input_ids"]
        line = {"text": text, "ids": ids}
        decoded = tokenizer.decode(ids, skip_special_tokens=False)
        shown = tokenizer.decode(ids, skip_special_tokens=True)
        if decoded != text:
            line["decoded"] = decoded
        if shown != decoded:
            line["shown"] = shown
        lines.append(json.dumps(line, separators=(",", ":")))
    (folder / "strings.jsonl").write_text("\n".join(lines) + "\n")
    print(f"{folder.name}: {len(tokenizer)} tokens, {len(lines)} strings", file=sys.stderr)


def make_all(target):
    folder = target / "tokenizers" / "qwen-style"
    write(folder, qwen(), {"bos_token": None, "eos_token": "<|im_end|>", "pad_token": "<|endoftext|>", "unk_token": None})
    expect(folder, QWEN_SPECIAL + QWEN_ORDINARY)
    folder = target / "tokenizers" / "llama-style"
    write(folder, llama(), {"bos_token": "<|begin_of_text|>", "eos_token": "<|eot_id|>", "pad_token": None})
    expect(folder, LLAMA_SPECIAL)


if __name__ == "__main__":
    make_all(Path(sys.argv[1]))
