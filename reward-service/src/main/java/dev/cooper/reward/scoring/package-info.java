/**
 * Scores verified groups. In mode {@code rule}, where the verdict is the reward, it closes the line without scores.
 * Knows no framework.
 */
@NullMarked
package dev.cooper.reward.scoring;

import org.jspecify.annotations.NullMarked;
