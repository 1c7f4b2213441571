/** The table and the page that a demo run ends with. */
@NullMarked
package dev.cooper.cli.report;

import org.jspecify.annotations.NullMarked;
