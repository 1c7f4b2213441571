/** Makes the tiny base model of the examples: settings, the training run, and the model folder that it writes. */
@NullMarked
package dev.cooper.pretraining;

import org.jspecify.annotations.NullMarked;
