/** The pages of documentation that say what the code says. */
@NullMarked
package dev.cooper.cli.docs;

import org.jspecify.annotations.NullMarked;
