/** How fast this machine samples and trains: workloads that are a function of a seed, and what they took. */
@NullMarked
package dev.cooper.cli.bench;

import org.jspecify.annotations.NullMarked;
