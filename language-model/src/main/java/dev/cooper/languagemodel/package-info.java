/**
 * Qwen2 models on DJL: files, tokenizer, forward pass, sampling and training. Errors in a model's files are
 * {@link InvalidModelException}s.
 */
@NullMarked
package dev.cooper.languagemodel;

import org.jspecify.annotations.NullMarked;
