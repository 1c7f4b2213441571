/**
 * Long work that is asked for over HTTP, kept on disk, and gone on with after a restart. One job at a time. All but its
 * kinds' work is here; knows no framework.
 */
@NullMarked
package dev.cooper.reward.jobs;

import org.jspecify.annotations.NullMarked;
