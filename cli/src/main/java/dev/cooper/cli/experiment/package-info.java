/**
 * Experiments: several ways of training side by side, each from several seeds, on platforms of their own; and the
 * report that compares them.
 */
@NullMarked
package dev.cooper.cli.experiment;

import org.jspecify.annotations.NullMarked;
