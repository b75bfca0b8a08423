package io.spanloom.woven;

/**
 * A part of a name that is made for each call: text, or an argument's property.
 *
 * @param argument its index among the arguments of the call; -1 for text
 * @param type its type as declared, as for {@link Capture}; empty for text
 * @param text the text, or the property path, which may be empty
 */
record NamePart(int argument, String type, String text) {

    boolean isText() {
        return argument < 0;
    }
}
