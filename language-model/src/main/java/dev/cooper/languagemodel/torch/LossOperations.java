package dev.cooper.languagemodel.torch;

/** TorchScript of losses and their derivatives in float64, as {@link TorchOperations} is written. */
final class LossOperations {
    static final String CLASS_NAME = "LossOperations";

    static final String SOURCE = """
              def sum_of(self: __torch__.LossOperations, x: Tensor) -> Tensor:
                return torch.sum(torch.to(x, 7))
              def per_sequence(self: __torch__.LossOperations, x: Tensor, sequence: Tensor, sequences: int) -> Tensor:
                zeros = torch.new_zeros(x, [sequences], dtype=None, layout=None, device=None, pin_memory=None)
                return torch.index_select(torch.index_add(zeros, 0, sequence, x), 0, sequence)
              def clipped(self: __torch__.LossOperations, log_ratio: Tensor, advantage: Tensor, low: float, high: float, dual: float) -> List[Tensor]:
                ratio = torch.exp(torch.clamp(log_ratio, -20., 20.))
                free = torch.neg(torch.mul(ratio, advantage))
                bounded = torch.neg(torch.mul(torch.clamp(ratio, low, high), advantage))
                clips = torch.gt(bounded, free)
                loss = torch.maximum(free, bounded)
                limit = torch.neg(torch.mul(advantage, dual))
                limited = torch.logical_and(torch.lt(advantage, 0), torch.gt(loss, limit))
                flat = torch.logical_or(torch.logical_or(clips, limited), torch.gt(torch.abs(log_ratio), 20.))
                below = torch.logical_and(clips, torch.lt(advantage, 0))
                above = torch.logical_and(clips, torch.gt(advantage, 0))
                return [torch.where(limited, limit, loss), torch.masked_fill(free, flat, 0.), below, above, limited]
              def divergence(self: __torch__.LossOperations, log_probs: Tensor, reference: Tensor, estimator: int) -> List[Tensor]:
                exact = torch.sub(reference, log_probs)
                d = torch.clamp(exact, -20., 20.)
                if torch.eq(estimator, 1):
                  value, slope = torch.neg(d), torch.ones_like(d)
                else:
                  if torch.eq(estimator, 2):
                    value, slope = torch.div(torch.mul(d, d), 2), torch.neg(d)
                  else:
                    value, slope = torch.sub(torch.expm1(d), d), torch.neg(torch.expm1(d))
                return [value, torch.masked_fill(slope, torch.ne(d, exact), 0.)]
              def policy(self: __torch__.LossOperations, log_probs: Tensor, entropies: Tensor, known: Tensor, sequence: Tensor, sequences: int, current_is_old: bool, has_reference: bool, one_ratio: bool, low: float, high: float, dual: float, cap: float, coefficient: float, estimator: int) -> List[Tensor]:
                current = torch.to(torch.detach(log_probs), 7)
                old, sampler, reference, advantage, weight, length = torch.unbind(known, 0)
                if current_is_old:
                  before = current
                else:
                  before = old
                log_ratio = torch.sub(current, before)
                if torch.gt(cap, 0.):
                  stale = torch.exp(torch.clamp(torch.sub(before, sampler), None, 20.))
                  weighted = torch.mul(weight, torch.clamp(stale, None, cap))
                else:
                  weighted = weight
                if one_ratio:
                  compared = (self).per_sequence(torch.div(log_ratio, length), sequence, sequences)
                  factor = torch.div((self).per_sequence(weighted, sequence, sequences), length)
                else:
                  compared, factor = log_ratio, weighted
                loss, slope, below, above, limited = (self).clipped(compared, advantage, low, high, dual)
                if has_reference:
                  kl, kl_slope = (self).divergence(current, reference, estimator)
                else:
                  kl, kl_slope = torch.zeros_like(current), torch.zeros_like(current)
                kl_weight = torch.mul(weight, coefficient)
                whole = torch.add(torch.mul(factor, loss), torch.mul(kl_weight, kl))
                gradient = torch.add(torch.mul(factor, slope), torch.mul(kl_weight, kl_slope))
                mismatch = torch.abs(torch.sub(sampler, before))
                sums = [(self).sum_of(whole), (self).sum_of(below), (self).sum_of(above), (self).sum_of(limited), (self).sum_of(kl), torch.neg((self).sum_of(log_ratio)), (self).sum_of(mismatch), torch.max(mismatch), (self).sum_of(torch.detach(entropies))]
                return [torch.type_as(gradient, log_probs), torch.stack(sums)]
              def pairs(self: __torch__.LossOperations, logits: Tensor, terms: float) -> List[Tensor]:
                x = torch.reshape(torch.to(torch.detach(logits), 7), [-1, 2])
                margin = torch.sub(torch.select(x, 1, 0), torch.select(x, 1, 1))
                slope = torch.div(torch.neg(torch.sigmoid(torch.neg(margin))), terms)
                gradient = torch.flatten(torch.stack([slope, torch.neg(slope)], 1))
                loss = torch.div(torch.neg(torch.log_sigmoid(margin)), terms)
                sums = [(self).sum_of(loss), (self).sum_of(torch.gt(margin, 0)), (self).sum_of(margin)]
                return [torch.type_as(gradient, logits), torch.stack(sums)]
              def labels(self: __torch__.LossOperations, logits: Tensor, labels: Tensor, terms: float) -> List[Tensor]:
                x = torch.to(torch.detach(logits), 7)
                gradient = torch.div(torch.sub(torch.sigmoid(x), labels), terms)
                loss = torch.div(torch.neg(torch.add(torch.log_sigmoid(torch.neg(x)), torch.mul(labels, x))), terms)
                right = torch.eq(torch.gt(x, 0), torch.gt(labels, 0.5))
                return [torch.type_as(gradient, logits), torch.stack([(self).sum_of(loss), (self).sum_of(right)])]
            """;

    private LossOperations() {}
}
