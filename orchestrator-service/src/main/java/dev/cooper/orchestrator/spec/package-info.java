/** What a user asks for: the run specification, read from YAML or JSON and checked whole. */
@NullMarked
package dev.cooper.orchestrator.spec;

import org.jspecify.annotations.NullMarked;
