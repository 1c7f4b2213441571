package dev.cooper.reward.annotation;

import java.util.Locale;

/**
 * How far an annotation is.
 *
 * @param stage what is being done
 * @param model by which, as labels call it
 * @param done texts that are there, those of an earlier start among them
 * @param wanted texts in all
 * @param unanswered that endpoints failed to give since the start
 */
public record AnnotationProgress(Stage stage, String model, long done, long wanted, long unanswered) {

    /** What is being done. */
    public enum Stage {
        SAMPLING,
        JUDGING
    }

    /** Told of every text, by any thread, one at a time. */
    @FunctionalInterface
    public interface Observer {
        void at(AnnotationProgress progress);
    }

    /** One line for a person. */
    public String line() {
        return "%s by %s: %d of %d%s"
                .formatted(
                        stage.name().toLowerCase(Locale.ROOT),
                        model,
                        done,
                        wanted,
                        unanswered == 0 ? "" : ", " + unanswered + " unanswered");
    }
}
