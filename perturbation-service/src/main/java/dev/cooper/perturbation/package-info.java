/** The maker of pairs as a service: its application, settings, stream and metrics. */
@NullMarked
package dev.cooper.perturbation;

import org.jspecify.annotations.NullMarked;
