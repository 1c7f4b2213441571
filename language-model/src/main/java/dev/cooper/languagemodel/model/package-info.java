/** The transformer: weights, forward pass for training, decoding with a key-value cache, and the model folder. */
@NullMarked
package dev.cooper.languagemodel.model;

import org.jspecify.annotations.NullMarked;
