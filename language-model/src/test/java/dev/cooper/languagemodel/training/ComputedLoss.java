package dev.cooper.languagemodel.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.torch.Losses;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.torch.Transfers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@link GrpoLoss} of completions whose log π is given in float64, out of libtorch. */
record ComputedLoss(double loss, List<TokenValues> gradients, GrpoDiagnostics diagnostics) {
    /** A completion with the log π of the policy in training. */
    record Completion(TokenValues logProbs, GrpoTerms terms) {
        Completion(
                TokenValues logProbs,
                TokenValues oldLogProbs,
                TokenValues samplerLogProbs,
                Optional<TokenValues> referenceLogProbs,
                double advantage) {
            this(logProbs, new GrpoTerms(Optional.of(oldLogProbs), samplerLogProbs, referenceLogProbs, advantage));
        }
    }

    static ComputedLoss of(GrpoLoss loss, List<Completion> completions, double denominator) {
        double[] logProbs = completions.stream()
                .map(Completion::logProbs)
                .flatMapToDouble(values -> IntStream.range(0, values.size()).mapToDouble(values::get))
                .toArray();
        try (NDManager scope = TorchEngine.newManager()) {
            NDArray current = Transfers.send(scope, logProbs, new Shape(logProbs.length));
            Losses.Part part = loss.of(
                    new Torch.Scored(current, current),
                    completions.stream().map(Completion::terms).toList(),
                    denominator);
            double[] gradient = Transfers.doubles(part.gradient());
            double[] sums = Transfers.doubles(part.sums());
            List<TokenValues> gradients = new ArrayList<>();
            int from = 0;
            for (Completion completion : completions) {
                int start = from;
                gradients.add(TokenValues.of(completion.logProbs().size(), i -> gradient[start + i]));
                from += completion.logProbs().size();
            }
            return new ComputedLoss(sums[0], gradients, GrpoDiagnostics.of(logProbs.length, sums));
        }
    }
}
