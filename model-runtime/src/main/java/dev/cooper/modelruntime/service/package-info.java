/**
 * The Spring configuration that services with models share: settings of the tensor engine, the weight store, a trainer
 * behind its endpoint, the thread of a stage, roles.
 */
@NullMarked
package dev.cooper.modelruntime.service;

import org.jspecify.annotations.NullMarked;
