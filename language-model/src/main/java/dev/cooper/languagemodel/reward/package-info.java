/**
 * Reward models: what they read, their logits, and their training on pairs and on labels. Losses are pure functions in
 * float64; the formulas are those of VerifyRM (Cooper, arXiv 2508.05613).
 */
@NullMarked
package dev.cooper.languagemodel.reward;

import org.jspecify.annotations.NullMarked;
