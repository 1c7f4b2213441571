/** How long to wait before something is tried again. */
@NullMarked
package dev.cooper.perturbation.retry;

import org.jspecify.annotations.NullMarked;
