/**
 * Folders that are there whole or not at all, and the weight store made of them. Knows files, no model and no
 * framework.
 */
@NullMarked
package dev.cooper.modelruntime.storage;

import org.jspecify.annotations.NullMarked;
