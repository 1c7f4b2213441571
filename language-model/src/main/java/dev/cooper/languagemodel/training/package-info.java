/** Supervised and policy-gradient (GRPO) training with AdamW, deterministic on the CPU. */
@NullMarked
package dev.cooper.languagemodel.training;

import org.jspecify.annotations.NullMarked;
