package dev.cooper.orchestrator.run;

class TestingRunLedgerTest extends RunLedgerContract {
    @Override
    protected RunLedger emptyLedger() {
        return new TestingRunLedger();
    }
}
