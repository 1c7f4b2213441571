package dev.cooper.languagemodel.torch;

/**
 * The TorchScript source of the operations that DJL's own API lacks, in the serialised dialect (calls, no operators).
 */
final class TorchOperations {
    static final String CLASS_NAME = "Operations";

    static final String SOURCE = """
              def rms_norm(self: __torch__.Operations, x: Tensor, weight: Tensor, eps: float) -> Tensor:
                x1 = torch.to(x, 6)
                scale = torch.rsqrt(torch.add(torch.mean(torch.mul(x1, x1), [-1], True), eps))
                return torch.mul(torch.type_as(torch.mul(x1, scale), x), torch.type_as(weight, x))
              def rotate(self: __torch__.Operations, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
                first, second = torch.chunk(x, 2, -1)
                turned = torch.cat([torch.neg(second), first], -1)
                return torch.add(torch.mul(x, torch.type_as(cos, x)), torch.mul(turned, torch.type_as(sin, x)))
              def linear(self: __torch__.Operations, x: Tensor, weight: Tensor) -> Tensor:
                return torch.linear(x, torch.type_as(weight, x), None)
              def linear_biased(self: __torch__.Operations, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
                return torch.linear(x, torch.type_as(weight, x), torch.type_as(bias, x))
              def repeat_heads(self: __torch__.Operations, x: Tensor, q: Tensor) -> Tensor:
                times = torch.floordiv(torch.size(q, 1), torch.size(x, 1))
                if torch.eq(times, 1):
                  repeated = x
                else:
                  repeated = torch.repeat_interleave(x, times, 1)
                return repeated
              def packed_attention(self: __torch__.Operations, q: Tensor, k: Tensor, v: Tensor, counts: List[int], lengths: List[int]) -> Tensor:
                heads = torch.size(q, 1)
                size = torch.size(q, 2)
                tokens = annotate(List[int], [])
                for _0 in range(torch.len(counts)):
                  _1 = torch.append(tokens, torch.mul(counts[_0], lengths[_0]))
                qs = torch.split_with_sizes(q, tokens)
                ks = torch.split_with_sizes((self).repeat_heads(k, q), tokens)
                vs = torch.split_with_sizes((self).repeat_heads(v, q), tokens)
                outputs = annotate(List[Tensor], [])
                for _2 in range(torch.len(counts)):
                  shape = [counts[_2], lengths[_2], heads, size]
                  q1 = torch.transpose(torch.reshape(qs[_2], shape), 1, 2)
                  k1 = torch.transpose(torch.reshape(ks[_2], shape), 1, 2)
                  v1 = torch.transpose(torch.reshape(vs[_2], shape), 1, 2)
                  o = torch.scaled_dot_product_attention(q1, k1, v1, None, 0., True)
                  _3 = torch.append(outputs, torch.reshape(torch.transpose(o, 1, 2), [tokens[_2], torch.mul(heads, size)]))
                return torch.cat(outputs, 0)
              def cached_attention(self: __torch__.Operations, q: Tensor, k: Tensor, v: Tensor, mask: Tensor, length: int) -> Tensor:
                groups = torch.floordiv(torch.size(q, 1), torch.size(k, 2))
                q1 = torch.reshape(q, [torch.size(q, 0), torch.size(k, 2), groups, torch.size(q, 2)])
                k1 = torch.transpose(torch.slice(torch.slice(k, 0, 0, torch.size(q, 0)), 1, 0, length), 1, 2)
                v1 = torch.transpose(torch.slice(torch.slice(v, 0, 0, torch.size(q, 0)), 1, 0, length), 1, 2)
                o = torch.scaled_dot_product_attention(q1, k1, v1, torch.type_as(mask, q), 0., False)
                return torch.flatten(o, 1)
              def cache_write(self: __torch__.Operations, cache: Tensor, slots: Tensor, value: Tensor) -> None:
                _0 = torch.index_copy_(torch.flatten(cache, 0, 1), 0, slots, value)
                return None
              def cache_read(self: __torch__.Operations, cache: Tensor, slots: Tensor) -> Tensor:
                return torch.index_select(torch.flatten(cache, 0, 1), 0, slots)
              def position_mask(self: __torch__.Operations, positions: Tensor, length: int) -> Tensor:
                all = torch.arange(length, dtype=4, layout=None, device=ops.prim.device(positions), pin_memory=None)
                hidden = torch.gt(torch.unsqueeze(all, 0), torch.unsqueeze(positions, 1))
                zeros = torch.zeros([torch.size(positions, 0), length], dtype=6, layout=None, device=ops.prim.device(positions), pin_memory=None)
                mask = torch.masked_fill(zeros, hidden, -inf)
                return torch.unsqueeze(torch.unsqueeze(mask, 1), 1)
              def gated_silu(self: __torch__.Operations, gate: Tensor, up: Tensor) -> Tensor:
                return torch.mul(torch.silu(gate), up)
              def index_select(self: __torch__.Operations, x: Tensor, dim: int, index: Tensor) -> Tensor:
                return torch.index_select(x, dim, index)
              def embedding(self: __torch__.Operations, weight: Tensor, ids: Tensor) -> Tensor:
                return torch.embedding(weight, ids)
              def rows(self: __torch__.Operations, x: Tensor, start: int, end: int) -> Tensor:
                return torch.slice(x, 0, start, end)
              def token_log_probs(self: __torch__.Operations, logits: Tensor, targets: Tensor, inverse_temperature: float) -> List[Tensor]:
                log_probs = torch.log_softmax(torch.mul(logits, inverse_temperature), -1)
                chosen = torch.squeeze(torch.gather(log_probs, -1, torch.unsqueeze(targets, 1)), 1)
                plain = torch.detach(log_probs)
                entropy = torch.neg(torch.sum(torch.mul(torch.exp(plain), plain), [-1]))
                return [chosen, entropy]
              def choose(self: __torch__.Operations, cumulated: Tensor, uniform: Tensor) -> Tensor:
                total = torch.contiguous(torch.slice(cumulated, -1, -1))
                wanted = torch.mul(total, torch.unsqueeze(uniform, 1))
                above = torch.searchsorted(cumulated, wanted, right=True)
                last = torch.searchsorted(cumulated, total, right=False)
                return torch.minimum(above, last)
              def greatest(self: __torch__.Operations, logits: Tensor) -> Tensor:
                return torch.argmax(logits, -1, False)
              def drawn(self: __torch__.Operations, token: Tensor, log_prob: Tensor) -> Tensor:
                return torch.transpose(torch.cat([torch.to(token, 7), torch.to(log_prob, 7)], 1), 0, 1)
              def sample(self: __torch__.Operations, logits: Tensor, inverse_temperature: float, uniform: Tensor) -> Tensor:
                scaled = torch.mul(logits, inverse_temperature)
                greatest = torch.amax(scaled, [-1], True)
                shifted = torch.sub(scaled, greatest)
                cumulated = torch.cumsum(torch.exp(shifted), -1)
                token = (self).choose(cumulated, uniform)
                log_prob = torch.sub(torch.gather(shifted, -1, token), torch.log(torch.slice(cumulated, -1, -1)))
                return (self).drawn(token, log_prob)
              def sample_filtered(self: __torch__.Operations, logits: Tensor, inverse_temperature: float, top_p: float, top_k: int, uniform: Tensor) -> Tensor:
                p, order = torch.sort(torch.softmax(torch.mul(logits, inverse_temperature), -1), -1, True)
                p1 = torch.masked_fill(p, torch.ge(torch.sub(torch.cumsum(p, -1), p), top_p), 0.)
                rank = torch.arange(torch.size(logits, -1), dtype=4, layout=None, device=ops.prim.device(logits), pin_memory=None)
                p2 = torch.masked_fill(p1, torch.unsqueeze(torch.ge(rank, top_k), 0), 0.)
                place = (self).choose(torch.cumsum(p2, -1), uniform)
                log_prob = torch.log(torch.div(torch.gather(p2, -1, place), torch.sum(p2, [-1], True)))
                return (self).drawn(torch.gather(order, -1, place), log_prob)
              def clip_gradients(self: __torch__.Operations, gradients: List[Tensor], maximum: float) -> Tensor:
                norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gradients)))
                torch._foreach_mul_(gradients, torch.nan_to_num(torch.clamp(torch.div(maximum, torch.add(norm, 1e-06)), None, 1.), 1.))
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
              def detached(self: __torch__.Operations, x: Tensor) -> Tensor:
                return torch.detach(x)
              def to_device(self: __torch__.Operations, x: Tensor, device: str, copy: bool) -> Tensor:
                return torch.to(torch.detach(x), torch.device(device), ops.prim.dtype(x), True, copy)
              def to_host(self: __torch__.Operations, x: Tensor, start: int, end: int) -> Tensor:
                part = torch.slice(torch.flatten(torch.detach(x)), 0, start, end)
                return torch.to(part, torch.device("cpu"), ops.prim.dtype(x), False, False)
              def join(self: __torch__.Operations, arrays: List[Tensor]) -> Tensor:
                return torch.cat(arrays, 0)
              def total(self: __torch__.Operations, x: Tensor) -> Tensor:
                return torch.reshape(torch.sum(torch.to(torch.detach(x), 7)), [1])
              def assign(self: __torch__.Operations, target: Tensor, source: Tensor) -> None:
                _0 = torch.copy_(target, source)
                return None
            """;

    private TorchOperations() {}
}
