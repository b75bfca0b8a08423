package io.spanloom.desk.api;

/** Names of what exists on this desk alone: the account is one that nobody has. */
final class Arns {
    private static final String PREFIX = "arn:aws:xray:us-east-1:000000000000:";

    private Arns() {}

    static String group(String name) {
        return PREFIX + "group/" + name;
    }

    static String rule(String name) {
        return PREFIX + "sampling-rule/" + name;
    }
}
