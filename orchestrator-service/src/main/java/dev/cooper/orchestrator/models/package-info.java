/** Versions of models as trainers have stored them: found, checked, copied. */
@NullMarked
package dev.cooper.orchestrator.models;

import org.jspecify.annotations.NullMarked;
