/**
 * What the tiny model learns from: tasks in fixed shares, and the data sets that are written for training and
 * evaluation.
 */
@NullMarked
package dev.cooper.pretraining.corpus;

import org.jspecify.annotations.NullMarked;
