/**
 * From an answer's text to a typed tree: a lexer and a Pratt parser on code points, for LaTeX as data sets and models
 * write it and for plain text. What is read is {@link dev.cooper.mathverifier.syntax.Node}.
 */
@NullMarked
package dev.cooper.mathverifier.syntax;

import org.jspecify.annotations.NullMarked;
