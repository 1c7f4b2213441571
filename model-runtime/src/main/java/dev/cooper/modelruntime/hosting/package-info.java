/**
 * The model that a sampler or scorer serves with: loaded from the weight store, swapped when another version is wanted.
 */
@NullMarked
package dev.cooper.modelruntime.hosting;

import org.jspecify.annotations.NullMarked;
