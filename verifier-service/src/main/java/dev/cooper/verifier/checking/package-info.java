/** Checks completions against references, in the messages of the line. Knows no framework. */
@NullMarked
package dev.cooper.verifier.checking;

import org.jspecify.annotations.NullMarked;
