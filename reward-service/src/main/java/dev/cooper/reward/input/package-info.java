/** What the reward model reads of a completion: the run's template and cut, the same in scoring and in updating. */
@NullMarked
package dev.cooper.reward.input;

import org.jspecify.annotations.NullMarked;
