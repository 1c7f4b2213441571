/**
 * A language model behind an OpenAI-compatible endpoint, and the patience that it takes: retries, back-off, time
 * limits. Knows no framework.
 */
@NullMarked
package dev.cooper.modelruntime.endpoint;

import org.jspecify.annotations.NullMarked;
