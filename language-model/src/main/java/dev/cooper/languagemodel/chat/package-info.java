/**
 * Conversations as a model reads them: the templates that Hugging Face folders carry, rendered as Transformers renders
 * them. The part of Jinja that such templates use is interpreted here; whatever is not known is an error, and messages
 * are data that is never interpreted.
 */
@NullMarked
package dev.cooper.languagemodel.chat;

import org.jspecify.annotations.NullMarked;
