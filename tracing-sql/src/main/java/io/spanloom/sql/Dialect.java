package io.spanloom.sql;

import java.util.Set;

/**
 * How a database quotes. Of one that is not known, whatever may be a value is taken for one.
 *
 * @param quotedNames whether text between double quotes is a name, by the standard; in others it may be a value
 * @param backticks whether text between backticks is a name
 * @param backslash what a backslash in a text does
 * @param hashes whether {@code #} begins a comment
 * @param nested whether a comment ends with as many ends as it has beginnings, by the standard
 * @param lineEnds the characters that end a comment of one line
 */
record Dialect(
        boolean quotedNames, boolean backticks, Backslash backslash, boolean hashes, boolean nested, String lineEnds) {

    /** Whether it keeps the quote behind it from ending the text. */
    enum Backslash {
        ESCAPES,
        /** By a setting of the server, of which the text tells nothing. */
        MAY_ESCAPE,
        IS_A_CHARACTER
    }

    private static final Set<String> QUOTED_NAMES = Set.of("postgresql", "oracle", "db2", "derby", "teradata");
    private static final Set<String> NO_BACKTICKS = Set.of("postgresql", "oracle", "db2", "derby", "mssql", "teradata");
    private static final Set<String> ESCAPING = Set.of("mysql", "mariadb", "hive");
    private static final Set<String> PERHAPS_ESCAPING = Set.of("postgresql", "other_sql");
    private static final Set<String> HASHES = Set.of("mysql", "mariadb", "hive", "other_sql");
    private static final Set<String> FLAT_COMMENTS = Set.of("mysql", "mariadb", "oracle", "sqlite");

    static final String LINE_END = "\n";
    private static final String LINE_ENDS = "\n\r";

    static Dialect of(String system) {
        return new Dialect(
                QUOTED_NAMES.contains(system),
                !NO_BACKTICKS.contains(system),
                ESCAPING.contains(system)
                        ? Backslash.ESCAPES
                        : PERHAPS_ESCAPING.contains(system) ? Backslash.MAY_ESCAPE : Backslash.IS_A_CHARACTER,
                HASHES.contains(system),
                !FLAT_COMMENTS.contains(system),
                system.equals("postgresql") ? LINE_ENDS : LINE_END);
    }
}
