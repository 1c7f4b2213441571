/** Follows a run while it goes on and shows where it is. */
@NullMarked
package dev.cooper.cli.follow;

import org.jspecify.annotations.NullMarked;
