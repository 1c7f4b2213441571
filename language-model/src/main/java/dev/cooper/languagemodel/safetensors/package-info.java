/** Weights on disk: the safetensors format, checksums, and files that are either whole or absent. */
@NullMarked
package dev.cooper.languagemodel.safetensors;

import org.jspecify.annotations.NullMarked;
