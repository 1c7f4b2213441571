/** Problems read from files by DuckDB, and the order in which a run meets them. */
@NullMarked
package dev.cooper.orchestrator.dataset;

import org.jspecify.annotations.NullMarked;
