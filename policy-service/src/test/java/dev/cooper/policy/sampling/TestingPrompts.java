package dev.cooper.policy.sampling;

import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.line.Admission;
import dev.cooper.platform.line.DropReason;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Work;
import dev.cooper.platform.line.WorkSource;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.SampleRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prompts in a list, admitted by control, and the groups that were sent for them. */
final class TestingPrompts implements WorkSource<SampleRequest, RolloutGroup> {

    final List<SampleRequest> waiting = new ArrayList<>();
    final List<RolloutGroup> sent = new ArrayList<>();
    /** Slots of prompts that were finished or dropped. */
    final List<Integer> acknowledged = new ArrayList<>();

    final List<Integer> dropped = new ArrayList<>();
    /** Runs before a group is sent; what it throws is the log's refusal. */
    Runnable beforeSend = () -> {};

    private final ControlBoard board;

    TestingPrompts(ControlBoard board) {
        this.board = board;
    }

    @Override
    public Optional<Work<SampleRequest, RolloutGroup>> poll(Duration atMost) {
        for (SampleRequest request : waiting) {
            if (admit(request) == Admission.CURRENT) {
                waiting.remove(request);
                return Optional.of(new Prompt(request));
            }
        }
        return Optional.empty();
    }

    private Admission admit(SampleRequest request) {
        return board.admit(GroupHeaders.of(request.getGroup()));
    }

    private final class Prompt implements Work<SampleRequest, RolloutGroup> {

        private final SampleRequest request;

        Prompt(SampleRequest request) {
            this.request = request;
        }

        @Override
        public LogRecord record() {
            throw new UnsupportedOperationException("this prompt came from no log");
        }

        @Override
        public GroupHeaders headers() {
            return GroupHeaders.of(request.getGroup());
        }

        @Override
        public SampleRequest message() {
            return request;
        }

        @Override
        public boolean isCurrent() {
            return admit(request) == Admission.CURRENT;
        }

        @Override
        public void finish(RolloutGroup outcome) {
            beforeSend.run();
            sent.add(outcome);
            acknowledged.add(request.getGroup().getSlot());
        }

        @Override
        public void passAlong(RolloutGroup outcome) {
            throw new UnsupportedOperationException("nothing comes before a prompt");
        }

        @Override
        public void drop(DropReason why) {
            drop();
        }

        @Override
        public void drop() {
            dropped.add(request.getGroup().getSlot());
            acknowledged.add(request.getGroup().getSlot());
        }
    }
}
