package io.spanloom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * What users may call says what it is for: each public type, method, constructor and field in the packages that a module
 * exports has a comment. (That comments are well-formed, and that what they refer to exists, the compiler checks.) Not asked
 * for: what overrides, the constants of an enum and a record's compact constructor, which the type's comment covers.
 */
class PublicJavadocTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void whatUsersMayCall_saysWhatItIsFor() throws IOException {
        List<Path> modules;
        try (Stream<Path> folders = Files.list(ROOT)) {
            modules = folders.filter(each -> Files.exists(each.resolve("src/main/java/module-info.java")))
                    .sorted()
                    .toList();
        }
        List<String> silent = new ArrayList<>();
        for (Path module : modules) {
            silent.addAll(silentIn(module.resolve("src/main/java")));
        }

        assertThat(modules).hasSizeGreaterThanOrEqualTo(13);
        assertThat(silent).isEmpty();
    }

    private static List<String> silentIn(Path sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> files;
        try (Stream<Path> all = Files.walk(sources)) {
            files = all.filter(each -> each.toString().endsWith(".java")).toList();
        }
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            Set<String> exported = units.stream()
                    .map(CompilationUnitTree::getModule)
                    .filter(module -> module != null)
                    .flatMap(PublicJavadocTest::exports)
                    .collect(Collectors.toSet());
            Members members = new Members(DocTrees.instance(task));
            units.stream()
                    .filter(unit -> unit.getPackageName() != null
                            && exported.contains(unit.getPackageName().toString()))
                    .forEach(unit -> members.scan(unit, null));
            return members.silent;
        }
    }

    private static Stream<String> exports(ModuleTree module) {
        return module.getDirectives().stream()
                .filter(each -> each instanceof ExportsTree exports && exports.getModuleNames() == null)
                .map(each -> ((ExportsTree) each).getPackageName().toString());
    }

    private static final class Members extends TreePathScanner<Void, Void> {

        private final DocTrees docs;
        private final List<String> silent = new ArrayList<>();

        Members(DocTrees docs) {
            this.docs = docs;
        }

        @Override
        public Void visitClass(ClassTree type, Void none) {
            if (!isPublic(type.getModifiers())) {
                return null; // nor is anything in it
            }
            check(type.getSimpleName().toString());
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            boolean overrides = method.getModifiers().getAnnotations().stream()
                    .anyMatch(each -> each.getAnnotationType().toString().equals("Override"));
            if (isPublic(method.getModifiers()) && !overrides && !isCompactConstructor(method)) {
                check(method.getName() + "(" + method.getParameters() + ")");
            }
            return null;
        }

        @Override
        public Void visitVariable(VariableTree field, Void none) {
            boolean constant = field.getType() != null
                    && enclosing().getKind() == Tree.Kind.ENUM
                    && field.getType()
                            .toString()
                            .equals(enclosing().getSimpleName().toString());
            if (isPublic(field.getModifiers()) && !constant) {
                check(field.getName().toString());
            }
            return null;
        }

        /** In a record, the parameters of a compact constructor are its components, and stand nowhere in the source. */
        private boolean isCompactConstructor(MethodTree method) {
            return enclosing().getKind() == Tree.Kind.RECORD
                    && method.getName().contentEquals("<init>")
                    && docs.getSourcePositions().getEndPosition(getCurrentPath().getCompilationUnit(), method.getBody())
                            > 0
                    && !source(method).contains(method.getParameters().isEmpty() ? "()" : "(");
        }

        /** The declaration, up to its body. */
        private String source(MethodTree method) {
            CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
            try {
                int start = (int) docs.getSourcePositions().getStartPosition(unit, method);
                int body = (int) docs.getSourcePositions().getStartPosition(unit, method.getBody());
                return unit.getSourceFile()
                        .getCharContent(true)
                        .subSequence(start, body)
                        .toString();
            } catch (IOException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        }

        private ClassTree enclosing() {
            TreePath path = getCurrentPath().getParentPath();
            while (!(path.getLeaf() instanceof ClassTree)) {
                path = path.getParentPath();
            }
            return (ClassTree) path.getLeaf();
        }

        private boolean isPublic(ModifiersTree modifiers) {
            Set<Modifier> flags = modifiers.getFlags();
            Tree parent = getCurrentPath().getParentPath().getLeaf();
            boolean inInterface = parent instanceof ClassTree type
                    && (type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE);
            return flags.contains(Modifier.PUBLIC)
                    || flags.contains(Modifier.PROTECTED)
                    || inInterface && !flags.contains(Modifier.PRIVATE);
        }

        private void check(String what) {
            String comment = docs.getDocComment(getCurrentPath());
            if (comment == null || comment.isBlank()) {
                CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
                long line = unit.getLineMap()
                        .getLineNumber(docs.getSourcePositions()
                                .getStartPosition(unit, getCurrentPath().getLeaf()));
                silent.add(unit.getSourceFile().getName() + ":" + line + " " + what);
            }
        }
    }
}
