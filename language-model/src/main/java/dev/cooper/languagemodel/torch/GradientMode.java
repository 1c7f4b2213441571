package dev.cooper.languagemodel.torch;

import ai.djl.pytorch.jni.JniUtils;

/** A scope that switches the recording of gradients for the current thread, and puts it back at its end. */
public final class GradientMode implements AutoCloseable {
    private final boolean before;

    private GradientMode(boolean recording) {
        TorchEngine.start();
        before = JniUtils.isGradMode();
        JniUtils.setGradMode(recording);
    }

    /** Operations in this scope are recorded for a backward pass. */
    public static GradientMode recording() {
        return new GradientMode(true);
    }

    /** Operations in this scope are not recorded. A thread starts with recording on, so inference needs this. */
    public static GradientMode off() {
        return new GradientMode(false);
    }

    @Override
    public void close() {
        JniUtils.setGradMode(before);
    }
}
