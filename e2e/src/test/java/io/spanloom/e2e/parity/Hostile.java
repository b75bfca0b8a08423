package io.spanloom.e2e.parity;

import io.spanloom.Aws;
import io.spanloom.Http;
import io.spanloom.Sql;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** What applications hand to a tracing library, and what they should not. */
final class Hostile {

    private static final String[] NAMES = {
        "",
        " ",
        "GET /api/activities/home",
        "orders,items;all",
        "back\\slash",
        "tab\there",
        "line\nbreak",
        "null\u0000byte",
        "\u00fcn\u00ef c\u00f6d\u00e9 \u540d\u524d",
        "\ud835\udc9c\ud801\udc37 supplementary",
        "half \ud800 pair",
        "\udc00",
        "\ud83d\ude00",
        "\u0663 digits",
        "e\u0301 combined",
        "\u2028",
        "{\"json\": true}",
        "a\"quote'",
        "<b>&amp;",
        "x".repeat(199) + "\u00e9\u00e9",
        "n".repeat(700),
        "\u540d".repeat(300),
        "aws.xray.annotations",
        "http.method",
        "db.name",
        "enduser.id",
        "peer.service",
        "aws.local.service",
        "exception",
        "HTTP request failure",
        "message",
        "operation",
        "service",
        "left_out",
        "password",
        "AWS.reserved",
    };

    private static final String[] NAMESPACES = {
        "default",
        "Default",
        "work",
        "activities/notifications",
        "spanloom",
        "events",
        "links",
        "sql",
        "AWS.x",
        "",
        "\u540d\u524d",
        "half\udc00",
        "null\u0000",
        "dot.ted"
    };

    private static final String[] URLS = {
        "http://localhost/api/activities/home",
        "https://user@h.example:8443/p?q=1&r=%20#f",
        "",
        "/path only",
        "not a url \u00e9",
        "http://h/" + "p".repeat(5_000),
        "?",
        "http://h/half\ud800"
    };

    private static final String[] ADDRESSES = {
        "10.0.0.1",
        "::1",
        "2001:db8::7",
        "::ffff:10.0.0.1",
        "unknown",
        "",
        "10.0.0.1:80",
        "10.0.0.256",
        "010.0.0.1",
        "fe80::1%eth0",
        "1::2::3",
        "1.2.3",
        "[::1]",
        " 10.0.0.1",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::",
        "::1:2:3:4:5:6:7:8",
        "12345::",
        "::1.2.3.4",
        "\u0661.1.1.1"
    };

    private static final String[] HOSTS = {
        "shop.example.com",
        "SHOP.Example.com:8443",
        "4567-cruddur.ws-eu1.gitpod.io:443",
        "localhost:4567",
        "other.host",
        "",
        " ",
        "a_b-c.example.com",
        "x".repeat(188) + ".example.com",
        "x".repeat(189) + ".example.com",
        "h\u00e9.example.com",
        "a b.example.com",
        "[::1]:80",
        "localhost:1\r\nX: y",
        "\ud800.example.com"
    };

    private static final String[] SERVERS = {
        "postgresql://db:5432",
        "jdbc:mysql://db.example.com:3306",
        "postgresql://my_db:5432",
        "mysql://[::1]:3306",
        "mysql://[fe80::1%25eth0]:3306",
        "mysql://h1:3306,h2:3306",
        "sqlserver://h;databaseName=x",
        "jdbc:sqlserver://h:1433;encrypt=true",
        "oracle:thin:@h:1521",
        "jdbc:oracle:thin:@//h:1521/x",
        "not a url",
        "",
        "//h:1",
        "///h",
        "h:5432",
        "postgresql://user:pass@h",
        "postgresql://h:port",
        "postgresql://h:",
        "postgresql://",
        "postgresql://\u00e9:1",
        "postgresql://h%41:1",
        "postgresql://h/%zz",
        "postgresql://h?x=%zz",
        "postgresql://h#f",
        "postgresql://h h",
        "postgresql://h\n",
        "1postgresql://h",
        ":postgresql://h",
        "postgres_ql://h",
        "postgresql://a:b:1",
        "POSTGRESQL://H",
        "postgresql://h|x",
        "postgresql://h<x>",
        "postgresql://u@v@h",
        "postgresql://u%zz@h"
    };

    private static final String[] SYSTEMS = {
        "postgresql", "mysql", "other_sql", "h2", "", "PostgreSQL", "mongodb", "sqlite"
    };

    private final RandomGenerator random;

    Hostile(RandomGenerator random) {
        this.random = random;
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    /** One in so many. */
    boolean seldom(int times) {
        return random.nextInt(times) == 0;
    }

    String name() {
        if (!seldom(3)) {
            return "work " + random.nextInt(5);
        }
        return seldom(8) ? noise() : any(NAMES);
    }

    /** What a request's Host header says. */
    String host() {
        return seldom(2) ? any(HOSTS) : "";
    }

    private String noise() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append((char) (seldom(2) ? random.nextInt(0x80) : random.nextInt(0x10000)));
        }
        return text.toString();
    }

    String namespace() {
        return seldom(3) ? any(NAMESPACES) : "work";
    }

    String key() {
        return seldom(4) ? any(NAMES) : "key" + random.nextInt(6);
    }

    String text() {
        return switch (random.nextInt(6)) {
            case 0 -> any(NAMES);
            case 1 -> noise();
            case 2 -> seldom(5) ? "t".repeat(random.nextInt(6_000)) : "";
            default -> "text " + random.nextInt(100);
        };
    }

    /** A value for an annotation: text, a number, a truth value, or null. */
    Object annotation() {
        return switch (random.nextInt(4)) {
            case 0 -> number();
            case 1 -> random.nextBoolean();
            default -> seldom(10) ? null : text();
        };
    }

    private Number number() {
        return switch (random.nextInt(16)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE + 1;
            case 2 -> (1L << 53) + 1;
            case 3 -> Double.NaN;
            case 4 -> Double.NEGATIVE_INFINITY;
            case 5 -> -0.0;
            case 6 -> Double.MIN_VALUE;
            case 7 -> Double.MAX_VALUE;
            case 8 -> 0.1f;
            case 9 -> (byte) 7;
            case 10 -> new BigDecimal("12345.6789");
            case 11 -> new BigDecimal("999999999999999E299");
            case 12 -> new BigDecimal("1E-400");
            case 13 -> new BigInteger("123456789012345678901234567890");
            case 14 -> new AtomicLong(1L << 60);
            default -> random.nextInt();
        };
    }

    /** A value for metadata: anything. */
    Object value() {
        return value(0);
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth > 3 ? 8 : 16)) {
            case 0, 1, 2 -> text();
            case 3 -> number();
            case 4 -> random.nextBoolean();
            case 5 -> null;
            case 6 -> plain();
            case 7 -> seldom(2) ? List.of() : Map.of();
            case 8, 9 -> list(depth);
            case 10, 11 -> map(depth);
            case 12 -> new int[] {1, 2, 3};
            case 13 -> new Point(random.nextInt(), text());
            case 14 -> seldom(4) ? deep() : 5;
            default -> seldom(4) ? "b".repeat(20_000) : Optional.of("there");
        };
    }

    /** A record, of which any property may be odd. */
    record Point(int x, String label) {}

    private Object plain() {
        Object[] values = {
            Instant.ofEpochSecond(1_700_000_000L),
            Duration.ofSeconds(5),
            new UUID(1, 2),
            Thread.State.NEW,
            'c',
            new byte[5]
        };
        return any(values);
    }

    private List<Object> list(int depth) {
        List<Object> list = new ArrayList<>();
        for (int i = seldom(20) ? 300 : random.nextInt(4); i > 0; i--) {
            list.add(value(depth + 1));
        }
        return Collections.unmodifiableList(list);
    }

    private Map<Object, Object> map(int depth) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            map.put(seldom(5) ? (Object) random.nextInt(3) : key(), value(depth + 1));
        }
        return Collections.unmodifiableMap(map);
    }

    private Object deep() {
        Object inner = "bottom";
        for (int i = 0; i < 12; i++) {
            inner = seldom(2) ? Arrays.asList(inner, null) : Map.of("down", inner);
        }
        return inner;
    }

    Map<String, Object> attributes() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            attributes.put(key(), value(3));
        }
        if (seldom(6)) {
            attributes.put("message.type", seldom(2) ? "RECEIVED" : List.of("RECEIVED"));
            attributes.put("messaging.message_payload_size_bytes", 99);
        }
        if (seldom(6)) {
            attributes.put("http.response.status_code", 503);
            attributes.put("aws.http.error_message", "slow down");
        }
        return attributes;
    }

    Http.Request request() {
        String method = seldom(4) ? any(new String[] {"", "get", "M\u00e9THOD", "x".repeat(5_000)}) : "GET";
        Http.Request request = Http.request(method, any(URLS)).userAgent(seldom(2) ? text() : null);
        return switch (random.nextInt(3)) {
            case 0 -> request.clientIp(any(ADDRESSES));
            case 1 -> request.forwardedFor(any(ADDRESSES));
            default -> request;
        };
    }

    Http.Response response() {
        Integer[] odd = {0, -1, 100, 302, 399, 600, 700, Integer.MAX_VALUE};
        Integer[] usual = {200, 204, 404, 429, 499, 400, 500, 503, 599};
        long[] lengths = {0, 512, -5, Long.MAX_VALUE};
        return new Http.Response(seldom(4) ? any(odd) : any(usual), lengths[random.nextInt(lengths.length)]);
    }

    Sql sql() {
        Sql sql = Sql.on(seldom(2) ? "postgresql" : any(SYSTEMS), seldom(6) ? text() : "cruddur");
        return sql.server(seldom(5) ? null : any(SERVERS))
                .user(seldom(2) ? text() : null)
                .query(seldom(2) ? text() : null);
    }

    Aws aws() {
        Aws aws = Aws.call(seldom(4) ? text() : "DynamoDb", seldom(6) ? text() : "GetItem")
                .region(seldom(4) ? null : "eu-west-1")
                .requestId(seldom(2) ? text() : null)
                .queueUrl(seldom(5) ? text() : null);
        for (int i = seldom(2) ? random.nextInt(4) : 0; i > 0; i--) {
            aws = aws.table(seldom(4) ? text() : "table " + i);
        }
        return aws.with("aws.s3.bucket", seldom(3) ? text() : null)
                .with("aws.retries", seldom(3) ? Integer.valueOf(random.nextInt()) : null);
    }

    Thrown thrown() {
        return thrown(seldom(20) ? 12 : random.nextInt(4));
    }

    private Thrown thrown(int causes) {
        return new Thrown(
                any(Thrown.Type.values()),
                message(),
                frames(),
                causes == 0 ? null : thrown(causes - 1),
                seldom(5) ? new Thrown(Thrown.Type.IO, "suppressed", frames(), null, null, false) : null,
                seldom(20));
    }

    private String message() {
        String[] odd = {
            null,
            "",
            " ",
            "\n",
            ":",
            ": ",
            "two\nlines\r\nof text",
            "Caused by: java.lang.Error: not really",
            "x\nCaused by: java.lang.Error: y\n\tat a.b(c:1)",
            "\tat a.b(c:1)",
            "\t... 12 more",
            "m".repeat(2_000),
            "half \ud800",
            "null \u0000 byte",
            "ends with colon:"
        };
        return seldom(2) ? any(odd) : "message " + random.nextInt(9);
    }

    private List<StackTraceElement> frames() {
        List<StackTraceElement> frames = new ArrayList<>();
        for (int i = seldom(3) ? 0 : seldom(6) ? 60 : 1 + random.nextInt(4); i > 0; i--) {
            frames.add(seldom(4) ? oddFrame() : new StackTraceElement("app.Shop", "find", "Shop.java", i));
        }
        return frames;
    }

    private StackTraceElement oddFrame() {
        StackTraceElement[] odd = {
            new StackTraceElement("java.lang.Thread", "run", null, -1),
            new StackTraceElement("app.Native", "call", "Native.java", -2),
            new StackTraceElement("app.Shop$$Lambda/0x00007f1234567890", "apply", null, -1),
            new StackTraceElement("app.Shop$$Lambda$14/0x0000000800c03000", "apply", "", 0),
            new StackTraceElement("loader", "java.base", "17", "java.lang.Thread", "run", "Thread.java", 840),
            new StackTraceElement("app.ShopTest", "finds (really) all: items", "ShopTest.kt", 12),
            new StackTraceElement("app.Script", "eval", "C:\\scripts\\a.js", 3),
            new StackTraceElement("app.Script", "eval", "a (copy).js", 3),
            new StackTraceElement("app.\u540d", "\u00fc", "\ud800.java", Integer.MAX_VALUE),
            new StackTraceElement("app.Line", "break\nhere", "a\nb", 1),
            new StackTraceElement("", "", "", 0),
            new StackTraceElement("app.Shop", "<init>", "Shop.java", 1)
        };
        return any(odd);
    }

    String user() {
        return seldom(3) ? text() : "andrew";
    }

    /** 16 digits at most of them hex. */
    String id(int digits) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            id.append(Character.forDigit(random.nextInt(16), 16));
        }
        return id.toString();
    }
}
