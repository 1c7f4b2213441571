/** Sequences runs: creates steps, dispatches prompts, freezes manifests, commands the trainer and commits. */
@NullMarked
package dev.cooper.orchestrator;

import org.jspecify.annotations.NullMarked;
