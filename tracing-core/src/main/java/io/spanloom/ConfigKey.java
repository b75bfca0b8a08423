package io.spanloom;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be configured: its name, what is allowed, and what holds where nothing is said.
 *
 * <pre>{@code
 * static final ConfigKey<Integer> PORT = ConfigKey.of("tracing.acme.port", 4000, "a port, 1 to 65535", text -> ...);
 * }</pre>
 *
 * <p>{@code tracing.acme.port} is also the system property of that name and the environment variable
 * {@code TRACING_ACME_PORT}. Immutable; keys are equal by identity.
 *
 * @param <T> the value's type
 */
public final class ConfigKey<T> {

    /** Reads a value's text; throws {@link IllegalArgumentException} where it is not allowed. */
    @FunctionalInterface
    public interface Parser<T> {
        /** The value of a text as somebody has set it: not trimmed, and perhaps empty. */
        T parse(String text);
    }

    /**
     * Another name under which the environment may give the value, such as {@code OTEL_SERVICE_NAME}.
     *
     * @param translation from the variable's words to ours; null where the variable says nothing for this key
     */
    record Alias(String variable, Function<String, @Nullable String> translation) {}

    private final String name;
    private final T defaultValue;
    private final String allowed;
    private final Parser<T> parser;
    private final List<Alias> aliases;
    private final boolean secret;
    private final String description;

    private ConfigKey(
            String name,
            T defaultValue,
            String allowed,
            Parser<T> parser,
            List<Alias> aliases,
            boolean secret,
            String description) {
        this.name = name;
        this.defaultValue = defaultValue;
        this.allowed = allowed;
        this.parser = parser;
        this.aliases = aliases;
        this.secret = secret;
        this.description = description;
    }

    /**
     * A key of any type.
     *
     * @param name begins {@code tracing.}; lower case letters, digits, dots and dashes
     * @param allowed what is allowed, as it reads after "allowed: " in an error
     */
    public static <T> ConfigKey<T> of(String name, T defaultValue, String allowed, Parser<T> parser) {
        if (!name.matches("tracing\\.[a-z0-9.-]+")) {
            throw new IllegalArgumentException("a key begins with 'tracing.' and is lower case: " + name);
        }
        return new ConfigKey<>(name, Objects.requireNonNull(defaultValue), allowed, parser, List.of(), false, "");
    }

    /** A key whose value is any text. */
    public static ConfigKey<String> text(String name, String defaultValue, String allowed) {
        return of(name, defaultValue, allowed, text -> text);
    }

    /** A key that is true or false. */
    public static ConfigKey<Boolean> truth(String name, boolean defaultValue) {
        return of(name, defaultValue, "true, false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException() /* what is allowed says it */;
        });
    }

    /** A key whose value is one of an enum's constants, written in lower case with dashes. */
    public static <E extends Enum<E>> ConfigKey<E> oneOf(String name, E defaultValue) {
        List<String> words = new ArrayList<>();
        E[] constants = defaultValue.getDeclaringClass().getEnumConstants();
        for (E constant : constants) {
            words.add(word(constant));
        }
        return of(name, defaultValue, String.join(", ", words), text -> {
            for (E constant : constants) {
                if (word(constant).equals(text.toLowerCase(Locale.ROOT))) {
                    return constant;
                }
            }
            throw new IllegalArgumentException() /* as above */;
        });
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Also read from another environment variable, just below {@code TRACING_...}. */
    public ConfigKey<T> alias(String variable) {
        return alias(variable, text -> text);
    }

    /**
     * Also read from another environment variable, whose words are not ours.
     *
     * @param translation the value in our words, or null where the variable's value says nothing for this key
     */
    public ConfigKey<T> alias(String variable, Function<String, @Nullable String> translation) {
        List<Alias> more = new ArrayList<>(aliases);
        more.add(new Alias(variable, translation));
        return new ConfigKey<>(name, defaultValue, allowed, parser, List.copyOf(more), secret, description);
    }

    /** The value is never shown: neither in errors nor in reports. */
    public ConfigKey<T> asSecret() {
        return new ConfigKey<>(name, defaultValue, allowed, parser, aliases, true, description);
    }

    /** What the key is for, in a sentence without a full stop: for the docs and for IDEs. */
    public ConfigKey<T> describedAs(String text) {
        return new ConfigKey<>(name, defaultValue, allowed, parser, aliases, secret, Objects.requireNonNull(text));
    }

    /** As in {@code tracing.properties}: {@code tracing.service}. */
    public String name() {
        return name;
    }

    /** What holds where nobody has set the key. */
    public T defaultValue() {
        return defaultValue;
    }

    /** What is allowed, in words. */
    public String allowed() {
        return allowed;
    }

    /** What the key is for; empty where nobody has said. */
    public String description() {
        return description;
    }

    /** Whether the value is shown to nobody: {@code ***} stands in its place. */
    public boolean isSecret() {
        return secret;
    }

    /** The environment variable of the key: {@code tracing.service} is {@code TRACING_SERVICE}. */
    public String variable() {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    List<Alias> aliases() {
        return aliases;
    }

    T parse(String text) {
        return parser.parse(text);
    }

    @Override
    public String toString() {
        return name;
    }
}
