/** Specifications that people write: read whole, with every problem named by its field before anything is done. */
@NullMarked
package dev.cooper.platform.spec;

import org.jspecify.annotations.NullMarked;
