/** A model's architecture as read from and written to Hugging Face's config.json. */
@NullMarked
package dev.cooper.languagemodel.config;

import org.jspecify.annotations.NullMarked;
