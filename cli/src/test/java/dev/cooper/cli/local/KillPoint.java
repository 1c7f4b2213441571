package dev.cooper.cli.local;

import dev.cooper.platform.line.Topic;
import java.util.ArrayList;
import java.util.List;

/** When a platform dies. */
sealed interface KillPoint {

    /** While the newest step is in this state, as the database has it. */
    record InState(String state) implements KillPoint {
        @Override
        public String toString() {
            return "in " + state;
        }
    }

    /** Before the process sends its n-th record of the topic. */
    record BeforeSend(Topic topic, int number) implements KillPoint {
        @Override
        public String toString() {
            return "before send " + number + " to " + topic.suffix();
        }
    }

    /** When the broker has the process's n-th record of the topic, and before the sender knows. */
    record BeforeAcknowledgement(Topic topic, int number) implements KillPoint {
        @Override
        public String toString() {
            return "before acknowledgement " + number + " of " + topic.suffix();
        }
    }

    /** In each of these states. */
    static List<KillPoint> inEach(List<String> states) {
        return states.stream().<KillPoint>map(InState::new).toList();
    }

    /** Around a send to each topic that the mode uses. */
    static List<KillPoint> aroundSends(String mode) {
        List<KillPoint> points = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (topic != Topic.PAIRS || mode.equals("cooper")) {
                points.add(new BeforeSend(topic, 2));
                points.add(new BeforeAcknowledgement(topic, 2));
            }
        }
        return points;
    }

    /** Options of the JVM that is to die here by itself; none when it is killed from outside. */
    default String[] options(String prefix) {
        return switch (this) {
            case InState _ -> new String[0];
            case BeforeSend send ->
                MortalClient.dyingBeforeSend(prefix + "." + send.topic().suffix(), send.number());
            case BeforeAcknowledgement sent ->
                MortalClient.dyingBeforeAcknowledgement(
                        prefix + "." + sent.topic().suffix(), sent.number());
        };
    }
}
