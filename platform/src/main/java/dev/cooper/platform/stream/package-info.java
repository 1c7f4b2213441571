/**
 * Stages of the line on Spring Cloud Stream: record by record, or by a queue of work whose records finish in any order.
 */
@NullMarked
package dev.cooper.platform.stream;

import org.jspecify.annotations.NullMarked;
