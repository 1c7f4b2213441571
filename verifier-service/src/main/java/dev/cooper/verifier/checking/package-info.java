/** Checks the completions of a group against its reference, and says in messages what the verifier found. */
@NullMarked
package dev.cooper.verifier.checking;

import org.jspecify.annotations.NullMarked;
