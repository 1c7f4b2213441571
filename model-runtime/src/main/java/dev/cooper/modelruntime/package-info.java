/**
 * What services with models share: the weight store, the host of a model that serves and the host of a model that
 * trains.
 */
@NullMarked
package dev.cooper.modelruntime;

import org.jspecify.annotations.NullMarked;
