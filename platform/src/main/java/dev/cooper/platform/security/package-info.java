/**
 * Who may do what: tokens and roles on REST, the services' own token and mutual TLS on gRPC, the key that records on
 * the log are signed with, limits, and the record of who asked for what.
 */
@NullMarked
package dev.cooper.platform.security;

import org.jspecify.annotations.NullMarked;
