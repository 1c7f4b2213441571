/**
 * What a run's archive tells without a platform: its models trained again and compared with what was recorded, and its
 * rollouts rewarded again by another reward.
 */
@NullMarked
package dev.cooper.cli.replay;

import org.jspecify.annotations.NullMarked;
