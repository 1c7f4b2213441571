package dev.cooper.languagemodel.torch;

/**
 * The TorchScript source of the operations that DJL's own API lacks, in the serialised dialect (calls, no operators).
 */
final class TorchOperations {
    static final String CLASS_NAME = "Operations";

    static final String SOURCE = """
              def rms_norm(self: __torch__.Operations, x: Tensor, weight: Tensor, eps: float) -> Tensor:
                scale = torch.rsqrt(torch.add(torch.mean(torch.mul(x, x), [-1], True), eps))
                return torch.mul(torch.mul(x, scale), weight)
              def rotate(self: __torch__.Operations, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
                first, second = torch.chunk(x, 2, -1)
                return torch.add(torch.mul(x, cos), torch.mul(torch.cat([torch.neg(second), first], -1), sin))
              def causal_attention(self: __torch__.Operations, q: Tensor, k: Tensor, v: Tensor, groups: int) -> Tensor:
                q1 = torch.transpose(q, 1, 2)
                k1 = torch.transpose(torch.repeat_interleave(k, groups, 2), 1, 2)
                v1 = torch.transpose(torch.repeat_interleave(v, groups, 2), 1, 2)
                o = torch.scaled_dot_product_attention(q1, k1, v1, None, 0., True)
                return torch.flatten(torch.transpose(o, 1, 2), 2)
              def cached_attention(self: __torch__.Operations, q: Tensor, k: Tensor, v: Tensor, mask: Tensor, length: int) -> Tensor:
                k1 = torch.transpose(torch.slice(k, 1, 0, length), 1, 2)
                v1 = torch.transpose(torch.slice(v, 1, 0, length), 1, 2)
                o = torch.scaled_dot_product_attention(q, k1, v1, mask, 0., False)
                return torch.flatten(o, 1)
              def cache_write(self: __torch__.Operations, cache: Tensor, slots: Tensor, value: Tensor) -> None:
                _0 = torch.index_copy_(torch.flatten(cache, 0, 1), 0, slots, value)
                return None
              def position_mask(self: __torch__.Operations, positions: Tensor, length: int) -> Tensor:
                all = torch.arange(length, dtype=None, layout=None, device=None, pin_memory=None)
                hidden = torch.gt(torch.unsqueeze(all, 0), torch.unsqueeze(positions, 1))
                zeros = torch.zeros([torch.size(positions, 0), length], dtype=6, layout=None, device=None, pin_memory=None)
                mask = torch.masked_fill(zeros, hidden, -inf)
                return torch.unsqueeze(torch.unsqueeze(mask, 1), 1)
              def gated_silu(self: __torch__.Operations, gate: Tensor, up: Tensor) -> Tensor:
                return torch.mul(torch.silu(gate), up)
              def index_select(self: __torch__.Operations, x: Tensor, dim: int, index: Tensor) -> Tensor:
                return torch.index_select(x, dim, index)
              def embedding(self: __torch__.Operations, weight: Tensor, ids: Tensor) -> Tensor:
                return torch.embedding(weight, ids)
              def token_log_probs(self: __torch__.Operations, logits: Tensor, targets: Tensor, inverse_temperature: float) -> List[Tensor]:
                scaled = torch.mul(logits, inverse_temperature)
                chosen = torch.neg(torch.cross_entropy_loss(scaled, targets, None, 0))
                log_probs = torch.log_softmax(torch.detach(scaled), -1)
                entropy = torch.neg(torch.sum(torch.mul(torch.exp(log_probs), log_probs), [-1]))
                return [chosen, entropy]
              def weighted_sum(self: __torch__.Operations, values: Tensor, weights: Tensor) -> Tensor:
                return torch.sum(torch.mul(values, weights))
              def choose(self: __torch__.Operations, p: Tensor, uniform: Tensor) -> Tensor:
                cumulated = torch.cumsum(p, -1)
                total = torch.slice(cumulated, -1, -1)
                below = torch.le(cumulated, torch.mul(total, torch.unsqueeze(uniform, 1)))
                open = torch.lt(cumulated, total)
                return torch.sum(torch.logical_and(below, open), [-1], True)
              def sample(self: __torch__.Operations, logits: Tensor, inverse_temperature: float, uniform: Tensor) -> List[Tensor]:
                log_probs = torch.log_softmax(torch.mul(logits, inverse_temperature), -1)
                token = (self).choose(torch.exp(log_probs), uniform)
                return [torch.squeeze(token, 1), torch.squeeze(torch.gather(log_probs, -1, token), 1)]
              def sample_filtered(self: __torch__.Operations, logits: Tensor, inverse_temperature: float, top_p: float, top_k: int, uniform: Tensor) -> List[Tensor]:
                p, order = torch.sort(torch.softmax(torch.mul(logits, inverse_temperature), -1), -1, True)
                p1 = torch.masked_fill(p, torch.ge(torch.sub(torch.cumsum(p, -1), p), top_p), 0.)
                rank = torch.arange(torch.size(logits, -1), dtype=None, layout=None, device=None, pin_memory=None)
                p2 = torch.masked_fill(p1, torch.unsqueeze(torch.ge(rank, top_k), 0), 0.)
                place = (self).choose(p2, uniform)
                log_prob = torch.log(torch.div(torch.gather(p2, -1, place), torch.sum(p2, [-1], True)))
                return [torch.squeeze(torch.gather(order, -1, place), 1), torch.squeeze(log_prob, 1)]
              def clip_gradients(self: __torch__.Operations, gradients: List[Tensor], maximum: float) -> Tensor:
                norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gradients)))
                torch._foreach_mul_(gradients, torch.clamp(torch.div(maximum, torch.add(norm, 1e-06)), None, 1.))
                return norm
              def adamw(self: __torch__.Operations, parameters: List[Tensor], gradients: List[Tensor], first: List[Tensor], second: List[Tensor], steps: List[Tensor], rate: float, beta1: float, beta2: float, decay: float, eps: float) -> None:
                torch._foreach_add_(steps, 1)
                torch._fused_adamw_(parameters, gradients, first, second, annotate(List[Tensor], []), steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False)
                return None
              def zero(self: __torch__.Operations, arrays: List[Tensor]) -> None:
                torch._foreach_zero_(arrays)
                return None
              def cast(self: __torch__.Operations, x: Tensor, type: int) -> Tensor:
                return torch.to(x, type)
              def copy(self: __torch__.Operations, x: Tensor) -> Tensor:
                return torch.clone(torch.detach(x))
              def assign(self: __torch__.Operations, target: Tensor, source: Tensor) -> None:
                _0 = torch.copy_(target, source)
                return None
            """;

    private TorchOperations() {}
}
