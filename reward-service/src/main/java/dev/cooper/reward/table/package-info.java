/** Tables written to files. The only place here that knows DuckDB. */
@NullMarked
package dev.cooper.reward.table;

import org.jspecify.annotations.NullMarked;
