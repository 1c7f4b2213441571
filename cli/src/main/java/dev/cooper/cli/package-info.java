/** The cooper command. {@link dev.cooper.cli.Cooper} is where it begins. */
@NullMarked
package dev.cooper.cli;

import org.jspecify.annotations.NullMarked;
