/**
 * Files with a row for each problem: JSON lines, JSON, CSV and Parquet, read by DuckDB. A service that reads them
 * brings DuckDB; one that does not goes without.
 */
@NullMarked
package dev.cooper.platform.table;

import org.jspecify.annotations.NullMarked;
