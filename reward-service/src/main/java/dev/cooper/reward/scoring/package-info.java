/** Verified groups in, scored groups out. */
@NullMarked
package dev.cooper.reward.scoring;

import org.jspecify.annotations.NullMarked;
