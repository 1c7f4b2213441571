/** One class a command: reads options, calls what does the work, prints the result. */
@NullMarked
package dev.cooper.cli.command;

import org.jspecify.annotations.NullMarked;
