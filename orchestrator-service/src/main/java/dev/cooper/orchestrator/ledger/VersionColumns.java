package dev.cooper.orchestrator.ledger;

import dev.cooper.proto.v1.ModelRef;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** A version in three columns, which are null together. */
final class VersionColumns {

    private VersionColumns() {}

    /** Sets the parameters {@code {name}Number}, {@code {name}Incarnation} and {@code {name}Checksum}. */
    static StatementSpec fill(StatementSpec statement, String name, Optional<ModelRef> version) {
        return statement
                .param(name + "Number", version.map(ModelRef::getNumber).orElse(null))
                .param(
                        name + "Incarnation",
                        version.map(ModelRef::getIncarnation).orElse(null))
                .param(name + "Checksum", version.map(ModelRef::getChecksum).orElse(null));
    }
}
