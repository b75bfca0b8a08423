package io.spanloom.desk.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Filter expressions by a grammar that was written apart from the parser: {@link Peg}. Gives the canonical form. */
final class SecondParser {
    private static final Map<String, String> FLAGS = Map.of(
            "trace", "ok|error|throttle|fault|partial|inferred",
            "service", "ok|error|throttle|fault|partial|inferred|root",
            "edge", "ok|error|throttle|fault",
            "causeservice", "inferred|first|last",
            "causeentity", "first|last|remote",
            "slowentity", "first|last|remote",
            "causeexception", "first|last");
    private static final String REQUEST_NUMBERS = "responsetime|duration|http\\.status";
    private static final Map<String, String> NUMBERS = Map.of(
            "trace", REQUEST_NUMBERS,
            "service", REQUEST_NUMBERS,
            "edge", REQUEST_NUMBERS,
            "causeservice", "index",
            "causeentity", "index",
            "slowentity", "index|coverage",
            "causeexception", "index");
    private static final String HTTP = "http\\.url|http\\.method|http\\.useragent|http\\.clientip";
    private static final String SEGMENT = "user|availabilityzone|instance\\.id|resource\\.arn";
    private static final Map<String, String> TEXTS = Map.of(
            "trace", HTTP + "|" + SEGMENT + "|name|type|message",
            "service", HTTP + "|" + SEGMENT + "|name|type|message",
            "edge", HTTP + "|message",
            "causeservice", "name|type",
            "causeentity", "name",
            "slowentity", "name",
            "causeexception", "name|message");

    private static final String COMMON = """
            _ = ~[ \\t\\r\\n]*~
            or = ~(?i)or(?![\\w.])~
            and = ~(?i)and(?![\\w.])~
            bool = ~(?i)(true|false)(?![\\w.])~
            eq = ~=|!=~
            cmp = ~<=|>=|<|>|=|!=~
            ord = ~<=|>=|<|>~
            word = ~(?i)(contains|beginswith|endswith)(?![\\w.])~
            number = ~-?+(0|[1-9][0-9]*+)(\\.[0-9]++)?+([eE][-+]?+[0-9]++)?+(?![\\w.])~
            string = ~"(?:[^"\\\\\\x00-\\x1f]|\\\\["\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4})*+"~
            akey = ~[A-Za-z0-9_]+(?!\\.)~
            bkey = ~[A-Za-z0-9_.]+~
            akeyed = ~(?i)annotation\\.~ akey / ~(?i)annotation(?![\\w.])~ _ '[' bkey _ ']'
            annotation = akeyed _ eq _ string / akeyed _ cmp _ number / akeyed _ eq _ bool / akeyed _ word _ string / akeyed
            idname = ~(?i)name~ _ ':' _ string
            idtype = ~(?i)type~ _ ':' _ string
            idaccount = ~(?i)account\\.id~ _ ':' _ string
            idfield = idname / idtype / idaccount
            id = string / ~(?i)id(?![\\w.])~ _ '(' _ idfield ( _ ',' _ idfield )* _ ')'
            service = ~(?i)service(?![\\w.])~ _ '(' _ id? _ ')' ( _ '{' _ any_service _ '}' )?
            edge = ~(?i)edge(?![\\w.])~ _ '(' _ id _ ',' _ id _ ')' ( _ '{' _ any_edge _ '}' )?
            gname = ~(?i)group\\.name(?![\\w.])~
            garn = ~(?i)group\\.arn(?![\\w.])~
            group = ( gname / garn ) _ eq _ string
            cause = ~(?i)(fault|error|responsetime)~
            rcservice = ~(?i)rootcause\\.~ cause ~(?i)\\.service(?![\\w.])~ _ '{' _ any_causeservice _ '}'
            rcslow = ~(?i)rootcause\\.responsetime\\.entity(?![\\w.])~ _ '{' _ any_slowentity _ '}'
            rcentity = ~(?i)rootcause\\.(?=fault|error)~ cause ~(?i)\\.entity(?![\\w.])~ _ '{' _ any_causeentity _ '}'
            rcexception = ~(?i)rootcause\\.~ cause ~(?i)\\.exception(?![\\w.])~ _ '{' _ any_causeexception _ '}'
            json = ~(?i)(rootcause\\.)?json(?![\\w.])~ _ eq _ '#' _ array
            anyjson = ~(?i)json(?![\\w.])~
            null = ~null(?![\\w.])~
            true = ~true(?![\\w.])~
            false = ~false(?![\\w.])~
            value = string / number / array / object / null / true / false
            array = '[' _ ( value ( _ ',' _ value )* )? _ ']'
            member = string _ ':' _ value
            object = '{' _ ( member ( _ ',' _ member )* )? _ '}'
            """;

    private static final String AT_PLACE = """
            any_P = all_P ( _ or _ all_P )*
            all_P = term_P ( _ ( and _ )? term_P )*
            term_P = '(' _ any_P _ ')' / not_P / cond_P
            not_P = '!' _ cond_P
            flag_P = ~(?i)(FLAGS)(?![\\w.])~ ( _ eq _ bool )?
            number_P = ~(?i)(NUMBERS)(?![\\w.])~ _ cmp _ number
            text_P = ~(?i)(TEXTS)(?![\\w.])~ ( _ eq _ string / _ word _ string )?
            """;

    private static final Peg PEG = new Peg(grammar());

    private SecondParser() {}

    private static String grammar() {
        StringBuilder grammar = new StringBuilder(COMMON);
        grammar.append("whole = _ any_trace _\n");
        for (String place : FLAGS.keySet()) {
            grammar.append(AT_PLACE.replace("_P", "_" + place)
                    .replace("FLAGS", FLAGS.get(place))
                    .replace("NUMBERS", NUMBERS.get(place))
                    .replace("TEXTS", TEXTS.get(place)));
            String more = switch (place) {
                case "trace" ->
                    " / annotation / service / edge / group / rcservice / rcslow / rcentity / rcexception"
                            + " / json / anyjson";
                case "service", "edge" -> " / annotation";
                default -> "";
            };
            grammar.append(("cond_P = flag_P / number_P / text_P" + more + "\n").replace("_P", "_" + place));
        }
        return grammar.toString();
    }

    /** The canonical form, or null if the expression means nothing. */
    static @Nullable String parse(String expression) {
        Peg.Node whole = PEG.parse("whole", expression);
        try {
            return whole == null ? null : any(Objects.requireNonNull(whole.first("any_")));
        } catch (IllegalArgumentException twice) {
            return null;
        }
    }

    private static String any(Peg.Node any) {
        return joined("or", any.all("all_").stream().map(SecondParser::all).toList());
    }

    private static String all(Peg.Node all) {
        return joined("and", all.all("term_").stream().map(SecondParser::term).toList());
    }

    private static String joined(String name, List<String> parts) {
        return parts.size() == 1 ? parts.get(0) : "(" + name + " " + String.join(" ", parts) + ")";
    }

    private static String term(Peg.Node term) {
        Peg.Node any = term.first("any_");
        if (any != null) {
            return any(any);
        }
        Peg.Node not = term.first("not_");
        return not == null
                ? condition(Objects.requireNonNull(term.first("cond_")))
                : "(not " + condition(Objects.requireNonNull(not.first("cond_"))) + ")";
    }

    private static String condition(Peg.Node condition) {
        Peg.Node node = condition.children.get(0);
        String kind = node.rule.replaceAll("_.*", "");
        String keyword = node.text.replaceAll("(?s)^([\\w.]+).*", "$1").toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "flag" -> "(" + keyword + " " + wanted(node, "bool") + ")";
            case "number", "text" -> "(" + keyword + comparison(node) + ")";
            case "annotation" -> annotation(node);
            case "service" -> "(service " + id(node.first("id")) + inside(node) + ")";
            case "edge" ->
                "(edge " + node.all("id").stream().map(SecondParser::id).collect(Collectors.joining(" ")) + inside(node)
                        + ")";
            case "group" -> "(" + keyword + " " + wanted(node, "") + " " + quoted(string(node)) + ")";
            case "rcservice", "rcslow", "rcentity", "rcexception" ->
                "(" + keyword.replace('.', ' ') + inside(node) + ")";
            case "json" -> "(json " + wanted(node, "") + " " + value(Objects.requireNonNull(node.first("array"))) + ")";
            case "anyjson" -> "(json)";
            default -> throw new IllegalStateException(kind);
        };
    }

    private static boolean wanted(Peg.Node node, String bool) {
        Peg.Node eq = node.first("eq");
        boolean equal = eq == null || eq.text.equals("=");
        Peg.Node truth = bool.isEmpty() ? null : node.first(bool);
        return equal == (truth == null || truth.text.equalsIgnoreCase("true"));
    }

    private static String comparison(Peg.Node node) {
        for (Peg.Node operator : node.children) {
            if (List.of("eq", "cmp", "word").contains(operator.rule)) {
                Peg.Node value = node.children.get(node.children.size() - 1);
                String text = switch (value.rule) {
                    case "number" -> String.valueOf(Double.parseDouble(value.text));
                    case "bool" -> value.text.toLowerCase(Locale.ROOT);
                    default -> quoted(unescaped(value.text));
                };
                return " " + operator.text.toUpperCase(Locale.ROOT) + " " + text;
            }
        }
        return "";
    }

    private static String annotation(Peg.Node node) {
        Peg.Node keyed = Objects.requireNonNull(node.first("akeyed"));
        String key = keyed.children.stream()
                .filter(c -> c.rule.endsWith("key"))
                .findFirst()
                .orElseThrow()
                .text;
        return "(annotation " + key + comparison(node) + ")";
    }

    private static String inside(Peg.Node node) {
        Peg.Node any = node.first("any_");
        return any == null ? "" : " " + any(any);
    }

    private static String id(Peg.@Nullable Node id) {
        if (id == null) {
            return "[* * *]";
        }
        if (id.first("string") != null) {
            return "[" + quoted(string(id)) + " * *]";
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (Peg.Node field : id.all("idfield")) {
            Peg.Node one = field.children.get(0);
            if (fields.put(one.rule, quoted(string(one))) != null) {
                throw new IllegalArgumentException();
            }
        }
        return "[" + fields.getOrDefault("idname", "*") + " " + fields.getOrDefault("idtype", "*") + " "
                + fields.getOrDefault("idaccount", "*") + "]";
    }

    private static @Nullable Object value(Peg.Node node) {
        return switch (node.rule) {
            case "value" -> value(node.children.get(0));
            case "string" -> unescaped(node.text);
            case "number" -> Double.parseDouble(node.text);
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            case "array" -> {
                List<@Nullable Object> items = new ArrayList<>();
                node.all("value").forEach(item -> items.add(value(item)));
                yield items;
            }
            default -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                for (Peg.Node member : node.all("member")) {
                    if (fields.containsKey(string(member))) {
                        throw new IllegalArgumentException();
                    }
                    fields.put(string(member), value(Objects.requireNonNull(member.first("value"))));
                }
                yield fields;
            }
        };
    }

    private static String string(Peg.Node node) {
        return unescaped(Objects.requireNonNull(node.first("string")).text);
    }

    private static String unescaped(String literal) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escape = literal.charAt(++i);
            int known = "bfnrt".indexOf(escape);
            if (escape == 'u') {
                text.append((char) Integer.parseInt(literal.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                text.append(known < 0 ? escape : "\b\f\n\r\t".charAt(known));
            }
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
