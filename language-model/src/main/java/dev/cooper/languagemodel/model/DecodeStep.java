package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;

/**
 * What all layers share in one decoding step of a token a row.
 *
 * @param angles rotary angles of each row's position
 * @param slots where each row writes: row · capacity + position; [rows]
 * @param mask hides what comes after each row's position; [rows, 1, 1, length]
 * @param length positions of the cache that are read
 */
record DecodeStep(RotaryTable.Angles angles, NDArray slots, NDArray mask, int length) {}
