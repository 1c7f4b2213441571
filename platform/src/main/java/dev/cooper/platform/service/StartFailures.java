package dev.cooper.platform.service;

import dev.cooper.platform.failure.CooperException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A service that cannot start says why in a sentence instead of a stack trace: the message names the fix. */
final class StartFailures extends AbstractFailureAnalyzer<CooperException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CooperException cause) {
        return new FailureAnalysis(cause.detail(), null, cause);
    }
}
