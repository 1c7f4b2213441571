package dev.cooper.orchestrator.ledger;

import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.RunLedgerContract;

class PostgresRunLedgerTest extends RunLedgerContract {
    @Override
    protected RunLedger emptyLedger() {
        return new PostgresRunLedger(TestingPostgres.empty());
    }
}
