/** The policy: samples rollouts of prompts and is trained on scored ones. */
@NullMarked
package dev.cooper.policy;

import org.jspecify.annotations.NullMarked;
