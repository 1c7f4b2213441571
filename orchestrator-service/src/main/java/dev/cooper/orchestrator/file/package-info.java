/** Files: removing them, and replacing them so that a reader sees the old one or the new one, never a part. */
@NullMarked
package dev.cooper.orchestrator.file;

import org.jspecify.annotations.NullMarked;
