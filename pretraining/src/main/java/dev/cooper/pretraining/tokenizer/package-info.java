/** The small-vocabulary tokenizer of the tiny model, as the files that Hugging Face tokenizers read. */
@NullMarked
package dev.cooper.pretraining.tokenizer;

import org.jspecify.annotations.NullMarked;
