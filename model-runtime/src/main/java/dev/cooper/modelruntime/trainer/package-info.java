/**
 * One trainer protocol for both kinds of models: attach, train on a manifest, describe.
 * {@link dev.cooper.modelruntime.trainer.TrainerHost} holds the rules; models, log and storage come through ports.
 */
@NullMarked
package dev.cooper.modelruntime.trainer;

import org.jspecify.annotations.NullMarked;
