/**
 * The orchestrator's REST interface as the command line uses it: JSON, live events and the problems that it answers
 * with.
 */
@NullMarked
package dev.cooper.cli.client;

import org.jspecify.annotations.NullMarked;
