package io.spanloom.rewrite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Recipe;
import org.openrewrite.TreeVisitor;
import org.openrewrite.xml.AddToTagVisitor;
import org.openrewrite.xml.XPathMatcher;
import org.openrewrite.xml.XmlVisitor;
import org.openrewrite.xml.tree.Xml;

/**
 * Each {@code pom.xml} that depends on the X-Ray SDK or on Powertools' tracing gets Spanloom beside it. What was there stays:
 * take it out once no code needs it (tracing-xray brings the SDK's core).
 */
public final class AddSpanloomDependencies extends Recipe {

    private static final XPathMatcher DEPENDENCIES = new XPathMatcher("/project/dependencies");

    @Override
    public String getDisplayName() {
        return "Add Spanloom beside the X-Ray SDK";
    }

    @Override
    public String getDescription() {
        return "Adds `tracing-annotations` and `tracing-xray` to each `pom.xml` that depends on the X-Ray SDK or on Powertools' "
                + "tracing.";
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getVisitor() {
        return new Poms();
    }

    private static final class Poms extends XmlVisitor<ExecutionContext> {

        @Override
        public Xml visitDocument(Xml.Document document, ExecutionContext context) {
            return document.getSourcePath().endsWith("pom.xml") ? super.visitDocument(document, context) : document;
        }

        @Override
        public Xml visitTag(Xml.Tag tag, ExecutionContext context) {
            Xml.Tag visited = (Xml.Tag) super.visitTag(tag, context);
            if (!DEPENDENCIES.matches(getCursor())
                    || visited.getChildren("dependency").stream().noneMatch(Poms::isTheSdk)) {
                return visited;
            }
            for (String artifact : new String[] {"tracing-annotations", "tracing-xray"}) {
                if (visited.getChildren("dependency").stream().noneMatch(d -> is(d, "io.spanloom", artifact))) {
                    Xml.Tag added = Xml.Tag.build("<dependency>\n<groupId>io.spanloom</groupId>\n<artifactId>"
                            + artifact + "</artifactId>\n<version>" + version() + "</version>\n</dependency>");
                    visited =
                            AddToTagVisitor.addToTag(visited, added, getCursor().getParentOrThrow());
                }
            }
            return visited;
        }

        private static boolean isTheSdk(Xml.Tag dependency) {
            String group = dependency.getChildValue("groupId").orElse("");
            String artifact = dependency.getChildValue("artifactId").orElse("");
            return group.equals("com.amazonaws") && artifact.startsWith("aws-xray-recorder-sdk-")
                    || group.equals("software.amazon.lambda") && artifact.equals("powertools-tracing");
        }

        private static boolean is(Xml.Tag dependency, String group, String artifact) {
            return dependency.getChildValue("groupId").orElse("").equals(group)
                    && dependency.getChildValue("artifactId").orElse("").equals(artifact);
        }

        private static String version() {
            try (InputStream in = AddSpanloomDependencies.class.getResourceAsStream("version.properties")) {
                Properties properties = new Properties();
                if (in != null) {
                    properties.load(in);
                }
                return properties.getProperty("version", "LATEST");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
