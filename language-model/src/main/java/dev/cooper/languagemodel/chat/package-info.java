/**
 * Conversations as a model reads them: the templates that Hugging Face folders carry, rendered as Transformers renders
 * them. The part of Jinja that such templates use is interpreted here; whatever is not known is an error, and messages
 * are data that is never interpreted. No general Jinja for Java was taken: the one that is well kept ignores the whitespace control
 * ({@code {%-}) that every such template relies on, and evaluates expressions inside of values.
 */
@NullMarked
package dev.cooper.languagemodel.chat;

import org.jspecify.annotations.NullMarked;
