package io.spanloom.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.spanloom.spi.BackendProvider;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The module descriptors on a real module path, as an application with a {@code module-info} of its own meets them. */
class ModulePathTest {

    private static final Set<String> PUBLISHED = Set.of(
            "io.spanloom.core",
            "io.spanloom.sampling",
            "io.spanloom.annotations",
            "io.spanloom.propagation",
            "io.spanloom.http",
            "io.spanloom.sql",
            "io.spanloom.rollbar",
            "io.spanloom.micrometer",
            "io.spanloom.awssdk",
            "io.spanloom.test",
            "io.spanloom.xray",
            "io.spanloom.otel",
            "io.spanloom.desk");

    private final ModuleLayer layer = layer();

    private static ModuleLayer layer() {
        Path[] path = Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .filter(entry -> !entry.endsWith("test-classes") && java.nio.file.Files.exists(entry))
                .filter(entry -> !entry.getFileName().toString().startsWith("archunit"))
                .filter(entry -> !isCompanionOfTheXRaySdk(entry.getFileName().toString()))
                .toArray(Path[]::new);
        Configuration resolved =
                ModuleLayer.boot().configuration().resolveAndBind(ModuleFinder.of(path), ModuleFinder.of(), PUBLISHED);
        return ModuleLayer.boot().defineModulesWithOneLoader(resolved, ClassLoader.getPlatformClassLoader());
    }

    /** They share packages with its core, and so work on the class path only. */
    private static boolean isCompanionOfTheXRaySdk(String jar) {
        return jar.startsWith("aws-xray-recorder-sdk-") && !jar.startsWith("aws-xray-recorder-sdk-core");
    }

    @Test
    void publishedModules_areNamedAndNotAutomatic() {
        for (String name : PUBLISHED) {
            assertThat(layer.findModule(name))
                    .hasValueSatisfying(module ->
                            assertThat(module.getDescriptor().isAutomatic()).isFalse());
        }
    }

    @Test
    void backends_areFoundAsServicesOfTheirModules() throws Exception {
        ClassLoader loader = layer.findLoader("io.spanloom.core");
        Class<?> contract = loader.loadClass(BackendProvider.class.getName());
        List<Object> providers = ServiceLoader.load(layer, contract).stream()
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toList());

        assertThat(providers.stream().map(provider -> name(contract, provider)))
                .contains("log", "none", "xray", "otel");
    }

    @Test
    void interceptor_isFoundAsTheAwsSdkLooksForIt() throws Exception {
        String lists = "software/amazon/awssdk/global/handlers/execution.interceptors";

        assertThat(Collections.list(layer.findLoader("io.spanloom.awssdk").getResources(lists)))
                .anySatisfy(list -> assertThat(list.toString()).contains("aws-sdk"));
    }

    private static String name(Class<?> contract, Object provider) {
        try {
            return (String) contract.getMethod("name").invoke(provider);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
