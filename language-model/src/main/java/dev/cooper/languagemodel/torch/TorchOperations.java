package dev.cooper.languagemodel.torch;

/**
 * The TorchScript source of the operations that DJL's own API lacks, in the serialised dialect (calls, no operators).
 */
final class TorchOperations {
    static final String CLASS_NAME = "Operations";

    private static final String EVERYWHERE = """
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
              def cached_attention(self: __torch__.Operations, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
                rows = torch.size(q, 0)
                length = torch.size(mask, -1)
                q1 = torch.reshape(q, [rows, torch.size(k, 2), -1, torch.size(q, 2)])
                k1 = torch.transpose(torch.slice(torch.slice(k, 0, 0, rows), 1, 0, length), 1, 2)
                v1 = torch.transpose(torch.slice(torch.slice(v, 0, 0, rows), 1, 0, length), 1, 2)
                o = torch.scaled_dot_product_attention(q1, k1, v1, torch.type_as(mask, q), 0., False)
                return torch.flatten(o, 1)
              def cache_write(self: __torch__.Operations, cache: Tensor, slots: Tensor, value: Tensor) -> None:
                _0 = torch.index_copy_(torch.flatten(cache, 0, 1), 0, slots, value)
                return None
              def cache_resized(self: __torch__.Operations, cache: Tensor, rows: int, capacity: int) -> Tensor:
                more = torch.sub(capacity, torch.size(cache, 1))
                return torch.constant_pad_nd(torch.slice(cache, 0, 0, rows), [0, 0, 0, 0, 0, more])
              def cache_read(self: __torch__.Operations, cache: Tensor, slots: Tensor) -> Tensor:
                return torch.index_select(torch.flatten(cache, 0, 1), 0, slots)
              def position_mask(self: __torch__.Operations, positions: Tensor, length: int) -> Tensor:
                all = torch.arange(length, dtype=4, layout=None, device=ops.prim.device(positions), pin_memory=None)
                hidden = torch.gt(torch.unsqueeze(all, 0), torch.unsqueeze(positions, 1))
                zeros = torch.zeros([torch.size(positions, 0), length], dtype=6, layout=None, device=ops.prim.device(positions), pin_memory=None)
                mask = torch.masked_fill(zeros, hidden, -inf)
                return torch.unsqueeze(torch.unsqueeze(mask, 1), 1)
              def project(self: __torch__.Operations, x: Tensor, parts: List[Tensor], packed: bool) -> Tensor:
                outputs = annotate(List[Tensor], [])
                for _0 in range(torch.floordiv(torch.len(parts), 2)):
                  weight = parts[torch.mul(2, _0)]
                  given = parts[torch.add(torch.mul(2, _0), 1)]
                  if torch.eq(torch.numel(given), 0):
                    bias = annotate(Optional[Tensor], None)
                  else:
                    bias = annotate(Optional[Tensor], given)
                  if packed:
                    y = (self).packed_linear(x, weight, bias)
                  else:
                    y = torch.linear(x, weight, bias)
                  _1 = torch.append(outputs, y)
                if torch.eq(torch.len(outputs), 1):
                  joined = outputs[0]
                else:
                  joined = torch.cat(outputs, -1)
                return joined
              def before_attention(self: __torch__.Operations, x: Tensor, norms: List[Tensor], qkv: List[Tensor], packed: bool, eps: float, cos: Tensor, sin: Tensor, keys: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
                joined = (self).project((self).rms_norm(x, norms[0], eps), qkv, packed)
                all = torch.reshape(joined, [torch.size(x, 0), -1, torch.size(keys, 3)])
                turned = torch.sub(torch.size(all, 1), torch.size(keys, 2))
                heads = torch.sub(turned, torch.size(keys, 2))
                if torch.gt(torch.len(norms), 2):
                  q = (self).rms_norm(torch.slice(all, 1, 0, heads), norms[2], eps)
                  k = (self).rms_norm(torch.slice(all, 1, heads, turned), norms[3], eps)
                  straight = torch.cat([q, k], 1)
                else:
                  straight = torch.slice(all, 1, 0, turned)
                qk = (self).rotate(straight, cos, sin)
                return (torch.slice(qk, 1, 0, heads), torch.slice(qk, 1, heads), torch.slice(all, 1, turned))
              def after_attention(self: __torch__.Operations, x: Tensor, attended: Tensor, norms: List[Tensor], output: List[Tensor], gate_up: List[Tensor], down: List[Tensor], packed: bool, eps: float) -> Tensor:
                x1 = torch.add(x, (self).project(attended, output, packed))
                inner = (self).project((self).rms_norm(x1, norms[1], eps), gate_up, packed)
                gate, up = torch.chunk(inner, 2, -1)
                return torch.add(x1, (self).project((self).gated_silu(gate, up), down, packed))
              def decode_layer(self: __torch__.Operations, x: Tensor, norms: List[Tensor], qkv: List[Tensor], output: List[Tensor], gate_up: List[Tensor], down: List[Tensor], packed: bool, eps: float, cos: Tensor, sin: Tensor, keys: Tensor, values: Tensor, slots: Tensor, mask: Tensor) -> Tensor:
                q, k, v, = (self).before_attention(x, norms, qkv, packed, eps, cos, sin, keys)
                _0 = (self).cache_write(keys, slots, k)
                _1 = (self).cache_write(values, slots, v)
                attended = (self).cached_attention(q, keys, values, mask)
                return (self).after_attention(x, attended, norms, output, gate_up, down, packed, eps)
              def read_last_layer(self: __torch__.Operations, x: Tensor, norms: List[Tensor], qkv: List[Tensor], packed: bool, eps: float, cos: Tensor, sin: Tensor, keys: Tensor, values: Tensor, slots: Tensor, sources: Tensor) -> None:
                q, k, v, = (self).before_attention(x, norms, qkv, packed, eps, cos, sin, keys)
                _0 = (self).cache_write(keys, slots, torch.index_select(k, 0, sources))
                _1 = (self).cache_write(values, slots, torch.index_select(v, 0, sources))
                return None
              def read_layer(self: __torch__.Operations, x: Tensor, norms: List[Tensor], qkv: List[Tensor], output: List[Tensor], gate_up: List[Tensor], down: List[Tensor], packed: bool, eps: float, cos: Tensor, sin: Tensor, keys: Tensor, values: Tensor, slots: Tensor, sources: Tensor, counts: List[int], lengths: List[int]) -> Tensor:
                q, k, v, = (self).before_attention(x, norms, qkv, packed, eps, cos, sin, keys)
                _0 = (self).cache_write(keys, slots, torch.index_select(k, 0, sources))
                _1 = (self).cache_write(values, slots, torch.index_select(v, 0, sources))
                attended = (self).packed_attention(q, k, v, counts, lengths)
                return (self).after_attention(x, attended, norms, output, gate_up, down, packed, eps)
              def vocabulary(self: __torch__.Operations, x: Tensor, norm: Tensor, output: List[Tensor], packed: bool, eps: float) -> Tensor:
                return torch.to((self).project((self).rms_norm(x, norm, eps), output, packed), 6)
              def versions(self: __torch__.Operations, arrays: List[Tensor]) -> List[int]:
                versions = annotate(List[int], [])
                for _0 in range(torch.len(arrays)):
                  _1 = torch.append(versions, torch._version(arrays[_0]))
                return versions
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
              def count_write(self: __torch__.Operations, arrays: List[Tensor]) -> None:
                for _0 in range(torch.len(arrays)):
                  _1 = torch.mul_(torch.slice(arrays[_0], 0, 0, 0), 1)
                return None
              def adamw(self: __torch__.Operations, parameters: List[Tensor], gradients: List[Tensor], first: List[Tensor], second: List[Tensor], steps: List[Tensor], rate: float, beta1: float, beta2: float, decay: float, eps: float) -> None:
                torch._foreach_add_(steps, 1)
                torch._fused_adamw_(parameters, gradients, first, second, annotate(List[Tensor], []), steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False)
                _0 = (self).count_write(parameters)
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

    /** Products with matrices that oneDNN has rearranged; only libtorch's x86-64 builds have these operations. */
    private static final String PACKING = """
              def pack(self: __torch__.Operations, weight: Tensor) -> Tensor:
                return ops.mkldnn._reorder_linear_weight(weight, None)
              def packed_linear(self: __torch__.Operations, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
                return ops.mkldnn._linear_pointwise(x, weight, bias, "none", annotate(List[Optional[number]], []), "")
              def packs_half(self: __torch__.Operations) -> bool:
                return ops.mkldnn._is_mkldnn_bf16_supported()
            """;

    private static final String NO_PACKING = """
              def packed_linear(self: __torch__.Operations, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
                return torch.linear(x, weight, bias)
            """;

    private TorchOperations() {}

    /** The methods that this platform's libtorch can have. */
    static String source(boolean packing) {
        return EVERYWHERE + (packing ? PACKING : NO_PACKING);
    }
}
