/** How long a run takes, and on how many devices: arithmetic, for before anything is bought or started. */
@NullMarked
package dev.cooper.cli.sizing;

import org.jspecify.annotations.NullMarked;
