package dev.cooper.reward.training;

import java.util.OptionalDouble;

/**
 * The model on the validation set after a step.
 *
 * @param step optimiser steps before it
 * @param trainingLoss mean binary cross-entropy, in nats, of the steps since the trial before, each before its update;
 *     empty before the first step
 * @param loss mean binary cross-entropy on the validation set, in nats
 * @param accuracy share of examples whose score says what the label says
 * @param auc chance that a right example scores above a wrong one
 * @param calibrationError expected calibration error
 */
public record Trial(
        int step, OptionalDouble trainingLoss, double loss, double accuracy, double auc, double calibrationError) {}
