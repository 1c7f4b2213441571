/** The compose file's containers on a real Docker engine: each by itself, and a run over all of them. */
@NullMarked
package dev.cooper.containers;

import org.jspecify.annotations.NullMarked;
