/**
 * The only code that knows how DJL reaches libtorch: typed operations on tensors, gradient scopes, the engine's start.
 */
@NullMarked
package dev.cooper.languagemodel.torch;

import org.jspecify.annotations.NullMarked;
