package io.spanloom.rewrite;

import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Preconditions;
import org.openrewrite.Tree;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.search.UsesType;
import org.openrewrite.java.tree.J;
import org.openrewrite.marker.SearchResult;

/** Kotlin's and Groovy's sources are the same tree to a visitor, but what we write is Java. */
final class JavaSources extends TreeVisitor<Tree, ExecutionContext> {

    private JavaSources() {}

    /** The visitor, on Java that uses this type. */
    static TreeVisitor<?, ExecutionContext> using(String type, JavaIsoVisitor<ExecutionContext> visitor) {
        return Preconditions.check(Preconditions.and(new UsesType<>(type, false), new JavaSources()), visitor);
    }

    @Override
    public @Nullable Tree visit(@Nullable Tree tree, ExecutionContext context) {
        return tree instanceof J.CompilationUnit ? SearchResult.found(tree) : tree;
    }
}
