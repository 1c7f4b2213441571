/** The rules of the architecture that the compiler does not know, checked over all modules. */
@NullMarked
package dev.cooper.architecture;

import org.jspecify.annotations.NullMarked;
