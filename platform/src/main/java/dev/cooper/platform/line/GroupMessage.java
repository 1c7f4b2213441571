package dev.cooper.platform.line;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.VerifiedGroup;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A kind of message that tells of a group: its topic, how to read it, and where the group and its failure stand in it.
 * Messages nest the one before, so the group of each is that of the request inside.
 *
 * @param <M> the message
 */
public final class GroupMessage<M extends MessageLite> {

    public static final GroupMessage<SampleRequest> REQUEST = new GroupMessage<>(
            Topic.PROMPTS,
            SampleRequest.parser(),
            SampleRequest::getGroup,
            _ -> Optional.empty(),
            (group, _) -> SampleRequest.newBuilder().setGroup(group).build());

    public static final GroupMessage<RolloutGroup> ROLLOUTS = new GroupMessage<>(
            Topic.ROLLOUTS,
            RolloutGroup.parser(),
            message -> message.getRequest().getGroup(),
            message -> message.hasFailure() ? Optional.of(message.getFailure()) : Optional.empty(),
            (group, failure) -> RolloutGroup.newBuilder()
                    .setRequest(REQUEST.lost(group, failure))
                    .setFailure(failure)
                    .build());

    public static final GroupMessage<VerifiedGroup> VERIFIED = new GroupMessage<>(
            Topic.VERIFIED,
            VerifiedGroup.parser(),
            message -> message.getRollouts().getRequest().getGroup(),
            message -> message.hasFailure() ? Optional.of(message.getFailure()) : Optional.empty(),
            (group, failure) -> VerifiedGroup.newBuilder()
                    .setRollouts(ROLLOUTS.lost(group, failure))
                    .setFailure(failure)
                    .build());

    public static final GroupMessage<ScoredGroup> SCORED = new GroupMessage<>(
            Topic.SCORED,
            ScoredGroup.parser(),
            message -> message.getVerified().getRollouts().getRequest().getGroup(),
            message -> message.hasFailure() ? Optional.of(message.getFailure()) : Optional.empty(),
            (group, failure) -> ScoredGroup.newBuilder()
                    .setVerified(VERIFIED.lost(group, failure))
                    .setFailure(failure)
                    .build());

    public static final GroupMessage<PairOutcome> PAIRS = new GroupMessage<>(
            Topic.PAIRS,
            PairOutcome.parser(),
            PairOutcome::getGroup,
            message -> message.hasFailure() ? Optional.of(message.getFailure()) : Optional.empty(),
            (group, failure) ->
                    PairOutcome.newBuilder().setGroup(group).setFailure(failure).build());

    private final Topic topic;
    private final Parser<M> parser;
    private final Function<M, GroupId> group;
    private final Function<M, Optional<Failure>> failure;
    private final BiFunction<GroupId, Failure, M> lost;

    private GroupMessage(
            Topic topic,
            Parser<M> parser,
            Function<M, GroupId> group,
            Function<M, Optional<Failure>> failure,
            BiFunction<GroupId, Failure, M> lost) {
        this.topic = topic;
        this.parser = parser;
        this.group = group;
        this.failure = failure;
        this.lost = lost;
    }

    public Topic topic() {
        return topic;
    }

    public M parse(byte[] value) throws InvalidProtocolBufferException {
        return parser.parseFrom(value);
    }

    public GroupId group(M message) {
        return group.apply(message);
    }

    /** Why the group has failed, if it has. */
    public Optional<Failure> failure(M message) {
        return failure.apply(message);
    }

    /**
     * A group of which nothing is known but its identity: what it said could not be read, or does not fit the log.
     * Small enough to be sent always. (A request has no place for the failure.)
     */
    public M lost(GroupId groupId, Failure reason) {
        return lost.apply(groupId, reason);
    }

    /** The record that carries this message, with the group and its failure in headers. */
    public OutgoingRecord record(M message) {
        GroupHeaders headers = GroupHeaders.of(group(message), failure(message).orElse(null));
        return new OutgoingRecord(topic, false, headers.key(), headers.toMap(), message.toByteArray());
    }
}
