/** Where the answer stands in a completion or a worked reference, found in one linear scan. */
@NullMarked
package dev.cooper.mathverifier.extraction;

import org.jspecify.annotations.NullMarked;
