package io.spanloom.rewrite;

import org.openrewrite.ExecutionContext;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;

/**
 * {@code AWSXRay.beginSubsegment(name) ... AWSXRay.endSubsegment()} becomes a span that the same code ends, and so do
 * segments. The shape decides, and keeps what the code did:
 *
 * <ul>
 *   <li>{@code try} and {@code finally}: {@code try (Span span = Tracing.subsegment(name))};
 *   <li>with a {@code catch} that adds the exception and throws it on, where the body can be a lambda:
 *       {@code Tracing.call} or {@code Tracing.run}, which do both;
 *   <li>with any other {@code catch}, or more in {@code finally}: the same statements, on a {@code Span} variable;
 *   <li>no {@code try}: {@code try (Span span = ...)}; an exception no longer leaves the subsegment open.
 * </ul>
 *
 * <p>Where begin and end do not stand in one block, or the entity is used for what a span has no method for, everything
 * stays as it is, and a comment says what to do.
 */
public final class BeginEndToSpan extends Recipe {

    @Override
    public String getDisplayName() {
        return "Begin and end of the SDK become a span";
    }

    @Override
    public String getDescription() {
        return "Turns `AWSXRay.beginSubsegment` and `endSubsegment`, `beginSegment` and `endSegment` that stand in one block "
                + "into a span of `Tracing`; notes what to do by hand about the others.";
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getVisitor() {
        return JavaSources.using(Sdk.FACADE, new PairVisitor());
    }
}
