/** The reward model as a service: its application, roles, settings and streams. */
@NullMarked
package dev.cooper.reward;

import org.jspecify.annotations.NullMarked;
