package io.spanloom.desk.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes an expression into a predicate. That {@code service()}, {@code edge()}, groups and root causes are asked of traces
 * only is what the parser has seen to.
 *
 * <p>A comparison of what is not there is false, also by {@code !=}; {@code !} in front turns that round. Of several
 * values (users, annotations of several segments) one that passes is enough.
 */
final class Compiler {
    /** Groups may refer to groups. */
    private static final int MAX_GROUPS_DEEP = 8;

    private final Filter filter;
    private final Groups groups;
    private final int groupsDeep;

    Compiler(Filter filter, Groups groups) {
        this(filter, groups, 0);
    }

    private Compiler(Filter filter, Groups groups, int groupsDeep) {
        this.filter = filter;
        this.groups = groups;
        this.groupsDeep = groupsDeep;
    }

    Predicate<Element> compile(Expression expression) throws FilterException {
        if (expression instanceof Expression.All all) {
            return all(compileEach(all.parts()));
        } else if (expression instanceof Expression.Some some) {
            return some(compileEach(some.parts()));
        } else if (expression instanceof Expression.Not not) {
            return compile(not.part()).negate();
        } else if (expression instanceof Expression.Service service) {
            return service(service);
        } else if (expression instanceof Expression.Edge edge) {
            return edge(edge);
        } else if (expression instanceof Expression.Group group) {
            return group(group);
        } else if (expression instanceof Expression.RootCause cause) {
            return rootCause(cause);
        } else if (expression instanceof Expression.RootCauseJson json) {
            return new RootCausePattern(json.wanted(), json.json());
        }
        return simple(expression);
    }

    private static Predicate<Element> simple(Expression expression) {
        if (expression instanceof Expression.Flag flag) {
            return element -> element.flag(flag.keyword()) == flag.wanted();
        } else if (expression instanceof Expression.NumberComparison number) {
            return element -> {
                double value = element.number(number.keyword());
                return !Double.isNaN(value) && number.operator().test(value, number.value());
            };
        } else if (expression instanceof Expression.TextComparison text) {
            Predicate<String> test = value -> text.operator().test(value, text.value());
            return element -> element.anyText(text.keyword(), test);
        } else if (expression instanceof Expression.Present present) {
            return element -> element.anyText(present.keyword(), value -> true);
        } else if (expression instanceof Expression.AnnotationPresent annotation) {
            // Published: of boolean type, it evaluates to its value.
            return element -> element.anyAnnotation(annotation.key(), value -> !Boolean.FALSE.equals(value));
        } else if (expression instanceof Expression.AnnotationComparison annotation) {
            Predicate<Object> test = value -> compares(value, annotation.operator(), annotation.value());
            return element -> element.anyAnnotation(annotation.key(), test);
        }
        throw new IllegalStateException(expression.toString());
    }

    /** Values of different types are neither equal nor different: they cannot be compared. */
    private static boolean compares(Object left, Operator operator, Object right) {
        if (left instanceof String text && right instanceof String other) {
            return operator.test(text, other);
        } else if (left instanceof Number number && right instanceof Double other) {
            return operator.test(number.doubleValue(), other);
        } else if (left instanceof Boolean flag && right instanceof Boolean other) {
            return flag.equals(other) == (operator == Operator.EQUAL);
        }
        return false;
    }

    private List<Predicate<Element>> compileEach(List<Expression> parts) throws FilterException {
        List<Predicate<Element>> compiled = new ArrayList<>(parts.size());
        for (Expression part : parts) {
            compiled.add(compile(part));
        }
        return compiled;
    }

    private static Predicate<Element> all(List<Predicate<Element>> parts) {
        return element -> {
            for (Predicate<Element> part : parts) {
                if (!part.test(element)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static Predicate<Element> some(List<Predicate<Element>> parts) {
        return element -> {
            for (Predicate<Element> part : parts) {
                if (part.test(element)) {
                    return true;
                }
            }
            return false;
        };
    }

    Predicate<Element> inside(@Nullable Expression inside) throws FilterException {
        return inside == null ? element -> true : compile(inside);
    }

    private Predicate<Element> service(Expression.Service service) throws FilterException {
        Predicate<Element> inside = inside(service.inside());
        return element -> {
            for (ServiceElement candidate : ((TraceElement) element).services()) {
                if (service.id().matches(candidate) && inside.test(candidate)) {
                    return true;
                }
            }
            return false;
        };
    }

    private Predicate<Element> edge(Expression.Edge edge) throws FilterException {
        Predicate<Element> inside = inside(edge.inside());
        return element -> {
            for (TraceElement.EdgeElement candidate : ((TraceElement) element).edges()) {
                if (edge.source().matches(candidate.source())
                        && edge.destination().matches(candidate.destination())
                        && inside.test(candidate)) {
                    return true;
                }
            }
            return false;
        };
    }

    private Predicate<Element> group(Expression.Group group) throws FilterException {
        Filter found = groups.find(group.byArn(), group.value());
        if (found == null) {
            throw new FilterException("there is no group \"" + group.value() + "\"", filter.text(), group.at());
        }
        if (groupsDeep == MAX_GROUPS_DEEP) {
            throw new FilterException(
                    "group \"" + group.value() + "\" refers to itself, or to more than " + MAX_GROUPS_DEEP
                            + " groups in turn",
                    filter.text(),
                    group.at());
        }
        Predicate<Element> member = new Compiler(found, groups, groupsDeep + 1).compile(found.expression());
        return group.wanted() ? member : member.negate();
    }

    private Predicate<Element> rootCause(Expression.RootCause cause) throws FilterException {
        Predicate<Element> inside = compile(cause.inside());
        return element -> {
            for (TraceElement.RootCauseElement candidate : ((TraceElement) element).rootCauses(cause.cause())) {
                if (anyListed(elements(candidate, cause.part()), inside)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static List<? extends Element> elements(TraceElement.RootCauseElement cause, Cause.Part part) {
        return switch (part) {
            case SERVICE -> cause.services();
            case ENTITY -> cause.entities();
            case EXCEPTION -> cause.exceptions();
        };
    }

    private static boolean anyListed(List<? extends Element> elements, Predicate<Element> test) {
        for (int i = 0; i < elements.size(); i++) {
            if (test.test(new Listed(elements.get(i), i, elements.size()))) {
                return true;
            }
        }
        return false;
    }

    /** An element of a list, which also knows its place in it. */
    private record Listed(Element element, int index, int size) implements Element {
        @Override
        public boolean flag(Keyword keyword) {
            return switch (keyword) {
                case FIRST -> index == 0;
                case LAST -> index == size - 1;
                default -> element.flag(keyword);
            };
        }

        @Override
        public double number(Keyword keyword) {
            return keyword == Keyword.INDEX ? index : element.number(keyword);
        }

        @Override
        public boolean anyText(Keyword keyword, Predicate<String> test) {
            return element.anyText(keyword, test);
        }

        @Override
        public boolean anyAnnotation(String key, Predicate<Object> test) {
            return element.anyAnnotation(key, test);
        }
    }
}
