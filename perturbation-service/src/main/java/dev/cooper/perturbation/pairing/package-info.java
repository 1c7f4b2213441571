/** A scored group becomes a pair, or the reason why there is none. Knows no framework. */
@NullMarked
package dev.cooper.perturbation.pairing;

import org.jspecify.annotations.NullMarked;
