/** A model folder at work on the command line: texts scored, and texts drawn. */
@NullMarked
package dev.cooper.cli.inference;

import org.jspecify.annotations.NullMarked;
