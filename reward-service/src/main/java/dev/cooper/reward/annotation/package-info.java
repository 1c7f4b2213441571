/**
 * Labelled completions for a reward model: completions of several models, a label of each by the rule verifier and one
 * by a judging language model, and those of them kept on which both agree. Knows no framework.
 */
@NullMarked
package dev.cooper.reward.annotation;

import org.jspecify.annotations.NullMarked;
