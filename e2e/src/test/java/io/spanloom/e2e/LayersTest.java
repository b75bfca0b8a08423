package io.spanloom.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The layers of ARCHITECTURE.md, as rules. */
@AnalyzeClasses(packages = "io.spanloom", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    private static final String[] CORE = {
        "io.spanloom", "io.spanloom.spi..", "io.spanloom.internal..", "io.spanloom.backend..", "io.spanloom.woven.."
    };
    private static final String ANNOTATION = "io.spanloom.annotation..";
    private static final String WEAVE = "io.spanloom.weave..";
    private static final String ASYNC = "io.spanloom.async..";
    private static final String XRAY = "io.spanloom.xray..";
    private static final String SAMPLING = "io.spanloom.sampling..";
    private static final String OTEL = "io.spanloom.otel..";
    private static final String TEST = "io.spanloom.test..";
    private static final String PROPAGATION = "io.spanloom.propagation..";
    private static final String HTTP = "io.spanloom.http..";
    private static final String SQL = "io.spanloom.sql..";
    private static final String ROLLBAR = "io.spanloom.rollbar..";
    private static final String MICROMETER = "io.spanloom.micrometer..";
    private static final String AWS_SDK = "io.spanloom.awssdk..";
    private static final String DESK = "io.spanloom.desk..";
    private static final String REWRITE = "io.spanloom.rewrite..";

    @ArchTest
    static final ArchRule core_dependsOnTheJdkSlf4jAndJspecifyOnly = classes()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(CORE)
                    .or(resideInAnyPackage("java.lang..", "java.util..", "java.io..", "java.net", "java.nio.."))
                    .or(resideInAnyPackage("java.math..", "java.time..", "org.slf4j..", "org.jspecify..")));

    @ArchTest
    static final ArchRule backends_doNotKnowEachOther_xray = noClasses()
            .that()
            .resideInAPackage(XRAY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(OTEL);

    @ArchTest
    static final ArchRule backends_doNotKnowEachOther_otel = noClasses()
            .that()
            .resideInAPackage(OTEL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(XRAY);

    @ArchTest
    static final ArchRule backends_knowNoAnnotations = noClasses()
            .that()
            .resideInAnyPackage(XRAY, OTEL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ANNOTATION, WEAVE);

    @ArchTest
    static final ArchRule annotations_knowNoBackend = noClasses()
            .that()
            .resideInAnyPackage(ANNOTATION, WEAVE, ASYNC)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(XRAY, OTEL, "io.spanloom.backend..");

    @ArchTest
    static final ArchRule testKit_knowsNoBackend = noClasses()
            .that()
            .resideInAPackage(TEST)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(XRAY, OTEL);

    @ArchTest
    static final ArchRule contextPropagation_knowsCoreOnly = noClasses()
            .that()
            .resideInAPackage(PROPAGATION)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ANNOTATION, WEAVE, XRAY, OTEL, TEST, "io.spanloom.internal..", "io.spanloom.backend..");

    @ArchTest
    static final ArchRule edges_knowCoreOnly = noClasses()
            .that()
            .resideInAnyPackage(HTTP, SQL, ROLLBAR, MICROMETER, AWS_SDK)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ANNOTATION, WEAVE, XRAY, OTEL, TEST, "io.spanloom.internal..", "io.spanloom.backend..");

    @ArchTest
    static final ArchRule sampling_dependsOnCoreAndJacksonsCoreOnly = classes()
            .that()
            .resideInAPackage(SAMPLING)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(CORE)
                    .or(resideInAnyPackage(SAMPLING, "java..", "com.fasterxml.jackson.core..", "org.jspecify..")));

    @ArchTest
    static final ArchRule sampling_isKnownToNobody = noClasses()
            .that()
            .resideOutsideOfPackage(SAMPLING)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SAMPLING);

    @ArchTest
    static final ArchRule desk_knowsNothingOfTheLibrary = noClasses()
            .that()
            .resideInAPackage(DESK)
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.spanloom..").and(not(resideInAnyPackage(DESK))));

    @ArchTest
    static final ArchRule recipes_knowNothingOfTheLibrary = noClasses()
            .that()
            .resideInAPackage(REWRITE)
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.spanloom..").and(not(resideInAnyPackage(REWRITE))));

    @ArchTest
    static final ArchRule openRewrite_isNamedByTheRecipesOnly = noClasses()
            .that()
            .resideOutsideOfPackage(REWRITE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.openrewrite..");

    @ArchTest
    static final ArchRule rollbar_isNamedByItsListenerOnly = noClasses()
            .that()
            .resideOutsideOfPackage(ROLLBAR)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.rollbar..");

    @ArchTest
    static final ArchRule xraySdk_isNamedByItsBackendOnly = noClasses()
            .that()
            .resideOutsideOfPackage(XRAY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.amazonaws..");

    @ArchTest
    static final ArchRule openTelemetry_isNamedByItsBackendAndTheDesksDecoderOnly = noClasses()
            .that()
            .resideOutsideOfPackages(OTEL, DESK)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.opentelemetry..");

    @ArchTest
    static final ArchRule desk_usesOpenTelemetrysMessagesOnly = noClasses()
            .that()
            .resideInAPackage(DESK)
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("io.opentelemetry..").and(not(resideInAnyPackage("io.opentelemetry.proto.."))));

    @ArchTest
    static final ArchRule nothing_deserialisesOrRunsWhatItIsGiven = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.naming..", "javax.script..");
}
