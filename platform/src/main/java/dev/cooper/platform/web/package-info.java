/** Failures on their way out of a REST interface: problem details (RFC 9457). */
@NullMarked
package dev.cooper.platform.web;

import org.jspecify.annotations.NullMarked;
