package dev.cooper.orchestrator.spec;

import dev.cooper.orchestrator.spec.RunSpec.Data;
import dev.cooper.orchestrator.spec.RunSpec.DataSource;
import dev.cooper.orchestrator.spec.RunSpec.HeldOut;
import dev.cooper.platform.spec.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The section {@code data}: a training source, and the held-out one or a list of them. */
final class DataFields {

    private static final Map<String, String> FORMATS = SpecFields.same("auto", "jsonl", "json", "csv", "parquet");
    private static final String NAME = "[A-Za-z0-9._-]{1,64}";

    private DataFields() {}

    static Data read(Fields fields) {
        Fields train = fields.object("train");
        DataSource source = source(train);
        train.refuseUnknown();
        List<HeldOut> heldout = fields.isList("heldout")
                ? sets(fields.objects("heldout"))
                : fields.optionalObject("heldout").map(DataFields::set).stream().toList();
        fields.refuseUnknown();
        return new Data(source, heldout);
    }

    private static List<HeldOut> sets(List<Fields> list) {
        List<HeldOut> sets = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Fields fields : list) {
            HeldOut set = set(fields);
            sets.add(set);
            if (!taken.add(set.name()) && fields.isClean("name")) {
                fields.problem(
                        "name", "there are two sets of the name " + set.name() + "; give each a name of its own");
            }
        }
        return sets;
    }

    private static HeldOut set(Fields fields) {
        DataSource source = source(fields);
        String name = fields.text("name", HeldOut.nameOf(source.path()));
        if (!name.matches(NAME)) {
            fields.problem(
                    "name", "must be 1 to 64 letters, digits, dots, dashes and underscores, got \"" + name + "\"");
        }
        fields.refuseUnknown();
        return new HeldOut(name, source);
    }

    private static DataSource source(Fields fields) {
        String path = fields.requiredText("path", "the file that holds the problems");
        String format = fields.choice("format", "auto", FORMATS);
        Fields columns = fields.object("columns");
        String id = columns.text("id", "");
        String question = columns.text("question", "question");
        String answer = columns.text("answer", "answer");
        columns.refuseUnknown();
        int limit = fields.whole("limit", 0, 0, Integer.MAX_VALUE);
        String sha256 = fields.text("sha256", "");
        return new DataSource(path, format, id, question, answer, limit, sha256);
    }
}
