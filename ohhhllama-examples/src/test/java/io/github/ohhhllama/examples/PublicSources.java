package io.github.ohhhllama.examples;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Reads the sources of what programs are built on with the compiler's own parser, Javadoc and all. */
final class PublicSources {

    private static final List<Path> ROOTS = List.of(
            Path.of("../ohhhllama-api/src/main/java"),
            Path.of("../ohhhllama-api/src/test/java/io/github/ohhhllama/testing"),
            Path.of("../ohhhllama-queue/src/main/java"),
            Path.of("../ohhhllama-proxy-undertow/src/main/java"),
            Path.of("../ohhhllama-spring-boot-starter/src/main/java"));

    /**
     * A public type.
     *
     * @param name with those around it, {@code Outer.Inner}
     * @param kind class, record and so on
     * @param isSealed whether it says who extends it
     * @param javadoc its text, or empty
     * @param outer the type around it, or null
     * @param members its public and protected methods and constructors that have code or promise some
     */
    record Type(
            String name,
            Tree.Kind kind,
            boolean isSealed,
            String javadoc,
            @Nullable Type outer,
            List<Member> members) {

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A method or constructor.
     *
     * @param name with its type
     * @param javadoc its text, or empty
     * @param thrown the simple names of the exceptions that it declares, or makes itself
     */
    record Member(String name, String javadoc, Set<String> thrown) {

        @Override
        public String toString() {
            return name;
        }
    }

    private PublicSources() {}

    static List<Type> types() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources()));
            DocTrees docs = DocTrees.instance(task);
            List<Type> types = new ArrayList<>();
            for (CompilationUnitTree file : task.parse()) {
                new Reader(docs, file, types).scan(file, null);
            }
            return List.copyOf(types);
        }
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path root : ROOTS) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.endsWith("module-info.java"))
                        .filter(file -> !file.toString().contains("/internal/"))
                        .forEach(sources::add);
            }
        }
        return sources;
    }

    /** Walks one file down to the types that can be seen from outside. */
    private static final class Reader extends TreePathScanner<@Nullable Void, @Nullable Type> {

        private final DocTrees docs;
        private final CompilationUnitTree file;
        private final List<Type> found;

        Reader(DocTrees docs, CompilationUnitTree file, List<Type> found) {
            this.docs = docs;
            this.file = file;
            this.found = found;
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Type outer) {
            boolean inInterface = outer != null && outer.kind() == Tree.Kind.INTERFACE;
            if (!isVisible(tree.getModifiers(), inInterface)) {
                return null;
            }
            String name = outer == null ? tree.getSimpleName().toString() : outer.name() + '.' + tree.getSimpleName();
            boolean isSealed = tree.getModifiers().getFlags().contains(Modifier.SEALED);
            Type type = new Type(name, tree.getKind(), isSealed, javadoc(getCurrentPath()), outer, new ArrayList<>());
            found.add(type);
            return super.visitClass(tree, type);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable Type owner) {
            Type type = Objects.requireNonNull(owner, "a method stands in a type");
            if (isVisible(tree.getModifiers(), type.kind() == Tree.Kind.INTERFACE) && !overrides(tree)) {
                Set<String> thrown = new TreeSet<>();
                tree.getThrows().forEach(declared -> thrown.add(declared.toString()));
                new Throws(file, thrown).scan(tree.getBody(), null);
                type.members().add(new Member(type.name() + '#' + tree.getName(), javadoc(getCurrentPath()), thrown));
            }
            return null;
        }

        private String javadoc(TreePath path) {
            return Objects.requireNonNullElse(docs.getDocComment(path), "");
        }

        private static boolean isVisible(ModifiersTree modifiers, boolean inInterface) {
            Set<Modifier> flags = modifiers.getFlags();
            return flags.contains(Modifier.PUBLIC)
                    || flags.contains(Modifier.PROTECTED)
                    || (inInterface && !flags.contains(Modifier.PRIVATE));
        }

        private static boolean overrides(MethodTree tree) {
            return tree.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
        }
    }

    /** Gathers what a body throws by itself, or in the methods of the same file that it calls by their bare names. */
    private static final class Throws extends TreeScanner<@Nullable Void, @Nullable Void> {

        private final CompilationUnitTree file;
        private final Set<String> thrown;
        private final Set<String> called = new HashSet<>();

        Throws(CompilationUnitTree file, Set<String> thrown) {
            this.file = file;
            this.thrown = thrown;
        }

        @Override
        public @Nullable Void visitThrow(ThrowTree tree, @Nullable Void nothing) {
            ExpressionTree thrower = tree.getExpression();
            if (thrower instanceof NewClassTree made) {
                thrown.add(made.getIdentifier().toString());
            }
            return super.visitThrow(tree, null);
        }

        /** What is named so does not come to pass, so nobody has to be told. */
        @Override
        public @Nullable Void visitCatch(CatchTree tree, @Nullable Void nothing) {
            return tree.getParameter().getName().contentEquals("impossible") ? null : super.visitCatch(tree, null);
        }

        /** A function that is handed on throws elsewhere. */
        @Override
        public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void nothing) {
            return null;
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void nothing) {
            if (tree.getMethodSelect() instanceof IdentifierTree bare
                    && called.add(bare.getName().toString())) {
                bodies(bare.getName().toString()).forEach(body -> scan(body, null));
            }
            return super.visitMethodInvocation(tree, null);
        }

        private List<BlockTree> bodies(String name) {
            List<BlockTree> bodies = new ArrayList<>();
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitMethod(MethodTree tree, @Nullable Void nothing) {
                    if (tree.getName().contentEquals(name) && tree.getBody() != null) {
                        bodies.add(tree.getBody());
                    }
                    return null;
                }
            }.scan(file, null);
            return bodies;
        }
    }
}
