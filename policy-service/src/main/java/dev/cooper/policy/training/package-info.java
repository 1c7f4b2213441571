/** Scored groups in, the next version of the policy out: rewards, advantages, GRPO. */
@NullMarked
package dev.cooper.policy.training;

import org.jspecify.annotations.NullMarked;
