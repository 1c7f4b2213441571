/** Text to token ids and back by a tokenizer.json, with the special tokens that the model's folder names. */
@NullMarked
package dev.cooper.languagemodel.tokenizer;

import org.jspecify.annotations.NullMarked;
