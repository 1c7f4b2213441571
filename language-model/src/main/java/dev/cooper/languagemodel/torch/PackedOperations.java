package dev.cooper.languagemodel.torch;

/** TorchScript of products with matrices that oneDNN has rearranged; only its x86-64 builds have these operations. */
final class PackedOperations {
    static final String CLASS_NAME = "PackedOperations";

    static final String SOURCE = """
              def pack(self: __torch__.PackedOperations, weight: Tensor) -> Tensor:
                return ops.mkldnn._reorder_linear_weight(weight, None)
              def linear(self: __torch__.PackedOperations, x: Tensor, weight: Tensor) -> Tensor:
                return ops.mkldnn._linear_pointwise(x, weight, None, "none", annotate(List[Optional[number]], []), "")
              def linear_biased(self: __torch__.PackedOperations, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
                return ops.mkldnn._linear_pointwise(x, weight, bias, "none", annotate(List[Optional[number]], []), "")
            """;

    private PackedOperations() {}
}
