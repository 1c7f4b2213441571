/** Files of completions with a label, right or wrong: what reward models are trained, anchored and measured on. */
@NullMarked
package dev.cooper.platform.labelled;

import org.jspecify.annotations.NullMarked;
