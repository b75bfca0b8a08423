package io.spanloom.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Sources that javac has compiled against the test's class path, in memory. */
final class Compiled extends ClassLoader {

    private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

    private Compiled() {
        super(Compiled.class.getClassLoader());
    }

    static Compiled of(List<String> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        Compiled result = new Compiled();
        JavaFileManager files =
                new ForwardingJavaFileManager<JavaFileManager>(compiler.getStandardFileManager(null, null, null)) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                        return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/')), kind) {
                            @Override
                            public OutputStream openOutputStream() {
                                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                                result.classes.put(name, bytes);
                                return bytes;
                            }
                        };
                    }
                };
        List<JavaFileObject> units = sources.stream().map(Compiled::unit).toList();
        boolean compiled = compiler.getTask(null, files, problems, List.of("-proc:none"), null, units)
                .call();
        assertThat(compiled)
                .as(() -> problems.getDiagnostics() + "\n" + String.join("\n", sources))
                .isTrue();
        return result;
    }

    private static JavaFileObject unit(String source) {
        String bare = source.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//[^\n]*", "");
        var named = java.util.regex.Pattern.compile("(?:class|interface|enum|record) (\\w+)")
                .matcher(bare.replaceAll("@interface", "interface"));
        var packaged = java.util.regex.Pattern.compile("package ([\\w.]+);").matcher(bare);
        String path = (packaged.find() ? packaged.group(1).replace('.', '/') + "/" : "")
                + (named.find() ? named.group(1) : "X");
        return new SimpleJavaFileObject(URI.create("mem:///" + path + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
                return source;
            }
        };
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        ByteArrayOutputStream bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes.toByteArray(), 0, bytes.size());
    }
}
