package io.spanloom.rewrite;

import org.openrewrite.Cursor;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.RemoveAnnotation;
import org.openrewrite.java.tree.J;

/**
 * {@code @XRayEnabled} becomes {@code @Subsegment("method")} on each public method: the names that the SDK's aspect gives,
 * and like it no trace where there is none. One {@code @Traced} on the type is shorter, and names by class and method.
 */
public final class XRayEnabledToSubsegment extends Recipe {

    private static final String ENABLED = "com.amazonaws.xray.spring.aop.XRayEnabled";

    @Override
    public String getDisplayName() {
        return "`@XRayEnabled` becomes `@Subsegment`";
    }

    @Override
    public String getDescription() {
        return "Turns `@XRayEnabled` on a type into `@Subsegment(\"method\")` on each of its public methods, and on a method "
                + "into the same there.";
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getVisitor() {
        return JavaSources.using(ENABLED, new Enabled());
    }

    private static final class Enabled extends JavaIsoVisitor<ExecutionContext> {

        @Override
        public J.ClassDeclaration visitClassDeclaration(J.ClassDeclaration type, ExecutionContext context) {
            J.ClassDeclaration visited = super.visitClassDeclaration(type, context);
            if (Annotations.find(type.getLeadingAnnotations(), ENABLED) == null) {
                return visited;
            }
            maybeRemoveImport(ENABLED);
            J.ClassDeclaration without = (J.ClassDeclaration) new RemoveAnnotation("@" + ENABLED)
                    .getVisitor()
                    .visitNonNull(visited, context, getCursor().getParentOrThrow());
            return without;
        }

        @Override
        public J.MethodDeclaration visitMethodDeclaration(J.MethodDeclaration method, ExecutionContext context) {
            J.MethodDeclaration visited = super.visitMethodDeclaration(method, context);
            J.Annotation own = Annotations.find(method.getLeadingAnnotations(), ENABLED);
            J.ClassDeclaration type = getCursor().firstEnclosing(J.ClassDeclaration.class);
            boolean ofType = type != null
                    && Annotations.find(type.getLeadingAnnotations(), ENABLED) != null
                    && isAdvised(method, type)
                    && Annotations.find(method.getLeadingAnnotations(), Annotations.SUBSEGMENT) == null;
            if (own == null && !ofType) {
                return visited;
            }
            maybeRemoveImport(ENABLED);
            J.CompilationUnit unit = getCursor().firstEnclosingOrThrow(J.CompilationUnit.class);
            String annotation = Annotations.subsegment(unit);
            String code = annotation + "(\"" + method.getSimpleName() + "\")";
            if (annotation.equals("@Subsegment")) {
                maybeAddImport(Annotations.SUBSEGMENT, false);
            }
            Cursor at = new Cursor(getCursor().getParentOrThrow(), visited);
            return own == null ? Annotations.added(visited, at, code) : Annotations.replaced(visited, at, own, code);
        }

        /** What a proxy reaches: public methods of instances. */
        private static boolean isAdvised(J.MethodDeclaration method, J.ClassDeclaration type) {
            boolean open = method.hasModifier(J.Modifier.Type.Public)
                    || type.getKind() == J.ClassDeclaration.Kind.Type.Interface;
            return open && !method.isConstructor() && !method.hasModifier(J.Modifier.Type.Static);
        }
    }
}
