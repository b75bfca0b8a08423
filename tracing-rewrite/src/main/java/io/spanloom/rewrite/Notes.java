package io.spanloom.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.openrewrite.java.tree.Comment;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.TextComment;
import org.openrewrite.marker.Markers;

/** A comment above what a recipe leaves to a person. Written once, however often the recipe runs. */
final class Notes {

    private static final String BY_HAND = "Spanloom, by hand: ";

    private Notes() {}

    static boolean isNoted(J tree) {
        return tree.getPrefix().getComments().stream()
                .anyMatch(comment ->
                        comment instanceof TextComment text && text.getText().contains(BY_HAND));
    }

    static <T extends J> T note(T tree, String what) {
        if (isNoted(tree)) {
            return tree;
        }
        Space before = tree.getPrefix();
        String line = before.getComments().isEmpty()
                ? before.getWhitespace()
                : before.getComments().get(before.getComments().size() - 1).getSuffix();
        String indent = line.contains("\n") ? line.substring(line.lastIndexOf('\n')) : line;
        List<Comment> comments = new ArrayList<>(before.getComments());
        comments.add(new TextComment(false, " " + BY_HAND + what, indent, Markers.EMPTY));
        return tree.withPrefix(before.withComments(comments));
    }
}
