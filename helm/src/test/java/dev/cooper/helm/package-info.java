/** The chart and the compose file, held to each other, to Kubernetes' own types and to the services' settings. */
@NullMarked
package dev.cooper.helm;

import org.jspecify.annotations.NullMarked;
