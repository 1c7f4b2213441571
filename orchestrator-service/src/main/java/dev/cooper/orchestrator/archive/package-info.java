/** The winning records of committed steps as Parquet, kept beyond the log's retention. */
@NullMarked
package dev.cooper.orchestrator.archive;

import org.jspecify.annotations.NullMarked;
