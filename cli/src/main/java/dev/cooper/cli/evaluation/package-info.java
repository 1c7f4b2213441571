/** A model judged by benchmarks: samples of each problem, checked by the rule verifier. */
@NullMarked
package dev.cooper.cli.evaluation;

import org.jspecify.annotations.NullMarked;
