/**
 * What a run will need, estimated from its specification and its models before it starts, and refused when it is not
 * there.
 */
@NullMarked
package dev.cooper.orchestrator.preflight;

import org.jspecify.annotations.NullMarked;
