package dev.cooper.reward.scoring;

import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.line.Admission;
import dev.cooper.platform.line.DropReason;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Work;
import dev.cooper.platform.line.WorkSource;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.VerifiedGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Verified groups in a list, and what became of them. */
final class TestingWork implements WorkSource<VerifiedGroup, ScoredGroup> {

    final List<VerifiedGroup> waiting = new ArrayList<>();
    final List<ScoredGroup> sent = Collections.synchronizedList(new ArrayList<>());
    final List<ScoredGroup> passedAlong = Collections.synchronizedList(new ArrayList<>());
    /** Slots of groups that were dropped as stale. */
    final List<Integer> dropped = Collections.synchronizedList(new ArrayList<>());

    /** Runs before a group is sent; what it throws is the log's refusal. */
    Runnable beforeSend = () -> {};

    private final ControlBoard board;

    TestingWork(ControlBoard board) {
        this.board = board;
    }

    @Override
    public Optional<Work<VerifiedGroup, ScoredGroup>> poll(Duration atMost) {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(new Group(waiting.removeFirst()));
    }

    /** The scored groups in the order of slots. */
    List<ScoredGroup> sentBySlot() {
        return sent.stream()
                .sorted((a, b) -> Integer.compare(slot(a.getVerified()), slot(b.getVerified())))
                .toList();
    }

    static int slot(VerifiedGroup group) {
        return id(group).getSlot();
    }

    private static GroupId id(VerifiedGroup group) {
        return group.getRollouts().getRequest().getGroup();
    }

    private final class Group implements Work<VerifiedGroup, ScoredGroup> {

        private final VerifiedGroup group;

        Group(VerifiedGroup group) {
            this.group = group;
        }

        @Override
        public LogRecord record() {
            throw new UnsupportedOperationException("this group came from no log");
        }

        @Override
        public GroupHeaders headers() {
            return GroupHeaders.of(id(group));
        }

        @Override
        public VerifiedGroup message() {
            return group;
        }

        @Override
        public boolean isCurrent() {
            return board.admit(GroupHeaders.of(id(group))) == Admission.CURRENT;
        }

        @Override
        public void finish(ScoredGroup outcome) {
            beforeSend.run();
            sent.add(outcome);
        }

        @Override
        public void passAlong(ScoredGroup outcome) {
            passedAlong.add(outcome);
        }

        @Override
        public void drop(DropReason why) {
            drop();
        }

        @Override
        public void drop() {
            dropped.add(slot(group));
        }
    }
}
