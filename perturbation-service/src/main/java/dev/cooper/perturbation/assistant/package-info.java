/**
 * The language model that rewrites a right solution into a wrong one: embedded, or behind an endpoint. Knows no
 * framework.
 */
@NullMarked
package dev.cooper.perturbation.assistant;

import org.jspecify.annotations.NullMarked;
