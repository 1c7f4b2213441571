package dev.cooper.cli.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The settings of all services, read from the sources of their records with the compiler's own parser. */
final class SettingsRecords {

    private final Map<ClassTree, TreePath> records = new HashMap<>();
    private final DocTrees docs;

    private SettingsRecords(DocTrees docs) {
        this.docs = docs;
    }

    /**
     * One setting.
     *
     * @param value the default as a setting's text; empty for none
     * @param meaning in Markdown
     */
    record Setting(String name, String value, String meaning) {}

    /** Settings by {@code module: prefix}, in the order of their records. */
    static Map<String, List<Setting>> below(Path root) throws IOException {
        Map<String, List<Setting>> all = new TreeMap<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        for (Path module : modules(root)) {
            try (Stream<Path> files = Files.walk(module.resolve("src/main/java"));
                    StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
                List<Path> java = files.filter(file -> file.toString().endsWith("Settings.java"))
                        .toList();
                if (!java.isEmpty()) {
                    JavacTask task = (JavacTask) compiler.getTask(
                            null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(java));
                    SettingsRecords records = new SettingsRecords(DocTrees.instance(task));
                    for (CompilationUnitTree unit : task.parse()) {
                        TreePath path = new TreePath(unit);
                        unit.getTypeDecls().forEach(type -> records.keep(path, type));
                    }
                    all.putAll(records.settings(module.getFileName().toString()));
                }
            }
        }
        return all;
    }

    private static List<Path> modules(Path root) throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("src/main/java")))
                    .toList();
        }
    }

    private void keep(TreePath parent, Tree declaration) {
        if (declaration instanceof ClassTree type) {
            TreePath path = new TreePath(parent, type);
            if (type.getKind() == Tree.Kind.RECORD) {
                records.put(type, path);
            }
            type.getMembers().forEach(member -> keep(path, member));
        }
    }

    private Map<String, List<Setting>> settings(String module) {
        Map<String, List<Setting>> found = new HashMap<>();
        for (ClassTree type : records.keySet()) {
            argument(type.getModifiers().getAnnotations(), "ConfigurationProperties")
                    .filter(prefix -> prefix.equals("cooper") || prefix.startsWith("cooper."))
                    .ifPresent(prefix -> found.put(module + ": " + prefix, settings(type, prefix)));
        }
        return found;
    }

    private List<Setting> settings(ClassTree type, String prefix) {
        Map<String, String> meanings = meanings(type);
        List<Setting> settings = new ArrayList<>();
        for (Tree member : type.getMembers()) {
            if (member instanceof VariableTree component
                    && !component.getModifiers().getFlags().contains(Modifier.STATIC)) {
                String name = component.getName().toString();
                String dashed = prefix + "." + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
                Optional<ClassTree> nested = nested(component);
                if (nested.isPresent()) {
                    settings.addAll(settings(nested.get(), dashed));
                } else {
                    String below = component.getType().toString().startsWith("Map") ? ".*" : "";
                    settings.add(new Setting(
                            dashed + below,
                            argument(component.getModifiers().getAnnotations(), "DefaultValue")
                                    .orElse(""),
                            meanings.getOrDefault(name, "")));
                }
            }
        }
        return settings;
    }

    private Optional<ClassTree> nested(VariableTree component) {
        String declared = component.getType().toString();
        String simple = declared.substring(declared.lastIndexOf('.') + 1);
        return records.keySet().stream()
                .filter(type -> type.getSimpleName().contentEquals(simple))
                .findFirst();
    }

    private Map<String, String> meanings(ClassTree type) {
        DocCommentTree comment = docs.getDocCommentTree(records.get(type));
        if (comment == null) {
            return Map.of();
        }
        return comment.getBlockTags().stream()
                .filter(ParamTree.class::isInstance)
                .map(ParamTree.class::cast)
                .collect(Collectors.toMap(
                        param -> param.getName().toString(),
                        param -> markdown(param.getDescription().stream()
                                .map(Object::toString)
                                .collect(Collectors.joining()))));
    }

    private static String markdown(String javadoc) {
        return javadoc.replaceAll("\\s+", " ")
                .replaceAll("\\{@(?:code|link|value) ([^}]*)}", "`$1`")
                .replace("|", "\\|");
    }

    private static Optional<String> argument(List<? extends AnnotationTree> annotations, String name) {
        for (AnnotationTree annotation : annotations) {
            if (annotation.getAnnotationType().toString().endsWith(name)) {
                for (ExpressionTree argument : annotation.getArguments()) {
                    ExpressionTree value =
                            argument instanceof AssignmentTree assigned ? assigned.getExpression() : argument;
                    if (value instanceof LiteralTree literal && literal.getValue() instanceof String text) {
                        return Optional.of(text);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
