/** Broker, database and services in one JVM over one data folder, on loopback only. */
@NullMarked
package dev.cooper.cli.local;

import org.jspecify.annotations.NullMarked;
