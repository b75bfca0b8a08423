package io.spanloom.weave;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** Called by the JVM with every class that it loads. Whatever goes wrong here, the class is loaded as it was. */
final class Transformer implements ClassFileTransformer {

    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    private final Ledger ledger;
    private final CoreSight core;
    private final ReportLine reportLine;
    private final LoaderTypes types;
    private final RuleWatch watch = new RuleWatch();
    private volatile boolean warnedOfLibrary;

    Transformer(Ledger ledger, CoreSight core, ReportLine reportLine, LoaderTypes types) {
        this.ledger = ledger;
        this.core = core;
        this.reportLine = reportLine;
        this.types = types;
    }

    /** Nothing in the JVM is to hold it any more. */
    void close() {
        watch.close();
    }

    @Override
    public byte @Nullable [] transform(
            Module module,
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (loader == null || className == null || loader == PLATFORM) {
            return null;
        }
        try {
            KnownTypes known = types.of(loader);
            watch.see(known.settings().selection());
            ClassFileSource source = new NearbyClassFiles(loader, domain);
            byte[] written = redefined == null ? bytes : source.find(className);
            if (written == null) {
                written = bytes;
            }
            return known.concernCode(className, written, source)
                    ? weave(module, loader, known, new ClassFile(bytes, written, known, source))
                    : null;
        } catch (Throwable refused) {
            AppLog.warn("TRC-055", "the class " + className + " could not be woven and runs as it is: " + refused);
            return null;
        }
    }

    private byte @Nullable [] weave(Module module, ClassLoader loader, KnownTypes known, ClassFile file) {
        if (!file.hasWork()) {
            return null;
        }
        if (!core.reaches(module, loader)) {
            if (core.complainsFirst(loader)) {
                AppLog.warn(
                        "TRC-058",
                        "the class " + file.name() + " has traced methods, but its class loader does not see"
                                + " io.spanloom:tracing-core: it runs untraced, as all others of that loader. Put"
                                + " tracing-core where the class itself is");
            }
            return null;
        }
        if (known.isLibrarys(file.name().replace('.', '/'))) {
            warnOfLibrary(file.name());
        }
        byte[] woven = file.weave();
        for (MethodPlan plan : file.plans()) {
            if (plan.remark().startsWith("it could not be rewritten")) {
                AppLog.warn("TRC-056", file.name() + "." + plan.signature() + " runs untraced: " + plan.remark());
            }
        }
        ledger.enter(loader, file.name(), file.plans());
        reportLine.woven(loader);
        return woven;
    }

    /** Once: who annotates a library's classes has more of them. */
    private void warnOfLibrary(String className) {
        if (!warnedOfLibrary) {
            warnedOfLibrary = true;
            AppLog.warn(
                    "TRC-074",
                    "the class " + className
                            + " is annotated and woven, but in a library's package, where subtypes do not"
                            + " inherit annotations of methods: annotate these as well");
        }
    }
}
