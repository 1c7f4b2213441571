/** Answers of a file checked against their references on the command line. */
@NullMarked
package dev.cooper.cli.verification;

import org.jspecify.annotations.NullMarked;
