/** Tables in files: problems in, columns out. The only place here that knows DuckDB. */
@NullMarked
package dev.cooper.reward.table;

import org.jspecify.annotations.NullMarked;
