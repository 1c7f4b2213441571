/** What an instance knows of each run from the control topic, and what it therefore admits to work on. */
@NullMarked
package dev.cooper.platform.control;

import org.jspecify.annotations.NullMarked;
