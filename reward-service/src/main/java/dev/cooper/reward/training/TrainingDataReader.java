package dev.cooper.reward.training;

import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.random.Shuffle;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.labelled.LabelledExample;
import dev.cooper.platform.labelled.LabelledFile;
import dev.cooper.reward.training.TrainingData.Part;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the files of a training. No question is on both sides: where questions are held back, which ones depends on the
 * seed and the questions only.
 */
final class TrainingDataReader {

    private static final String TRAIN = "data.train";
    private static final String VALIDATION = "data.validation";
    private static final String TEST = "data.test";

    private final RewardTrainingSpec spec;
    private final RewardModel model;
    private final Part train = new Part();
    private final Part validation = new Part();
    private final Part test = new Part();
    private final Map<TokenIds, Boolean> labels = new HashMap<>();
    private int tooLong;
    private int heldOutQuestion;
    private int contradictory;

    TrainingDataReader(RewardTrainingSpec spec, RewardModel model) {
        this.spec = spec;
        this.model = model;
    }

    TrainingData read() {
        RewardTrainingSpec.Data data = spec.data();
        Set<String> tested = questions(TEST, data.test());
        Set<String> validated = questions(VALIDATION, data.validation());
        if (data.validation().isEmpty()) {
            validated.addAll(heldBack(tested));
        }
        for (Path file : data.test()) {
            LabelledFile.read(TEST, file, text -> add(TEST, test, text));
        }
        for (Path file : data.validation()) {
            LabelledFile.read(VALIDATION, file, text -> add(VALIDATION, validation, text));
        }
        boolean split = data.validation().isEmpty();
        for (Path file : data.train()) {
            LabelledFile.read(TRAIN, file, text -> {
                if (!tested.contains(text.question()) && !validated.contains(text.question())) {
                    add(TRAIN, train, text);
                } else if (split && !tested.contains(text.question())) {
                    add(TRAIN, validation, text);
                } else {
                    heldOutQuestion++;
                }
            });
        }
        requireBoth(TRAIN, train, "the model would learn to say the same of every one; add the others");
        requireBoth(
                split ? "data.validation_share" : VALIDATION,
                validation,
                "AUC, by which the best weights are chosen, needs both; "
                        + (split ? "hold more questions back" : "add the others"));
        return new TrainingData(train, validation, test, tooLong, heldOutQuestion, contradictory);
    }

    private static Set<String> questions(String field, List<Path> files) {
        Set<String> questions = new HashSet<>();
        for (Path file : files) {
            LabelledFile.read(field, file, text -> questions.add(text.question()));
        }
        return questions;
    }

    private List<String> heldBack(Set<String> tested) {
        Set<String> distinct = new TreeSet<>(questions(TRAIN, spec.data().train()));
        distinct.removeAll(tested);
        if (distinct.size() < 2) {
            throw CooperException.badInput(
                    TRAIN,
                    "the files ask %d question(s) that no test file asks; some are held back for validation, so give at least 2"
                            .formatted(distinct.size()));
        }
        List<String> questions = List.copyOf(distinct);
        int count = (int) Math.ceil(questions.size() * spec.data().validationShare());
        return Shuffle.order(CounterRandom.key(spec.seed(), "validation"), questions.size()).stream()
                .limit(Math.min(count, questions.size() - 1))
                .map(questions::get)
                .toList();
    }

    private void add(String field, Part part, LabelledExample text) {
        TokenIds tokens =
                model.tokenizer().encode(spec.input().render(text.question(), text.reference(), text.completion()));
        if (tokens.size() == 0) {
            throw CooperException.badInput(
                    field, "a completion has no tokens in the template; add {{question}} to it, or fixed text");
        }
        if (tokens.size() > model.config().maxPositions()) {
            tooLong++;
            return;
        }
        Boolean before = labels.putIfAbsent(tokens, text.correct());
        if (before != null && before != text.correct()) {
            contradictory++;
        }
        part.add(tokens, text);
    }

    private static void requireBoth(String field, Part part, String consequence) {
        if (part.right() == 0 || part.right() == part.size()) {
            String found = part.size() == 0
                    ? "there is no completion at all"
                    : "all %d completions are %s".formatted(part.size(), part.right() == 0 ? "wrong" : "right");
            throw CooperException.badInput(field, found + ": " + consequence);
        }
    }
}
