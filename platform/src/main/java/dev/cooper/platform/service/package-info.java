/** What makes a Spring Boot application a service of Cooper: its annotation, common settings and defaults. */
@NullMarked
package dev.cooper.platform.service;

import org.jspecify.annotations.NullMarked;
