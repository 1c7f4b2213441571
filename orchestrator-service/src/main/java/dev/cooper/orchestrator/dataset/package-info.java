/** The problems of data sets, and the order in which a run meets them. */
@NullMarked
package dev.cooper.orchestrator.dataset;

import org.jspecify.annotations.NullMarked;
