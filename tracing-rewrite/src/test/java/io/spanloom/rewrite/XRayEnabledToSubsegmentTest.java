package io.spanloom.rewrite;

import static org.openrewrite.java.Assertions.java;

import org.junit.jupiter.api.Test;
import org.openrewrite.Recipe;

class XRayEnabledToSubsegmentTest extends RecipeContract {

    @Override
    Recipe recipe() {
        return new XRayEnabledToSubsegment();
    }

    @Test
    void enabledType_isPublicMethodsUnderTheirNames() {
        rewriteRun(java("""
                import com.amazonaws.xray.spring.aop.XRayEnabled;

                @XRayEnabled
                public class Service {
                    public String load(String id) {
                        return read(id);
                    }

                    String read(String id) {
                        return id;
                    }

                    public static String of(String id) {
                        return id;
                    }
                }
                """, """
                import io.spanloom.annotation.Subsegment;

                public class Service {
                    @Subsegment("load")
                    public String load(String id) {
                        return read(id);
                    }

                    String read(String id) {
                        return id;
                    }

                    public static String of(String id) {
                        return id;
                    }
                }
                """));
    }

    @Test
    void typeThatUsesTheSdksSubsegment_hasOursWrittenOut() {
        rewriteRun(java("""
                import com.amazonaws.xray.entities.Subsegment;
                import com.amazonaws.xray.spring.aop.XRayEnabled;

                public class Service {
                    @XRayEnabled
                    public void load(Subsegment parent) {
                    }
                }
                """, """
                import com.amazonaws.xray.entities.Subsegment;

                public class Service {
                    @io.spanloom.annotation.Subsegment("load")
                    public void load(Subsegment parent) {
                    }
                }
                """));
    }

    /** A proxy reaches an interface's methods, too, and a class's inherited ones. */
    @Test
    void enabledInterfaceAndMethod_areSubsegmentsThere() {
        rewriteRun(java("""
                import com.amazonaws.xray.spring.aop.XRayEnabled;

                @XRayEnabled
                interface Repository {
                    String find(String id);

                    default String findOr(String id, String other) {
                        String found = find(id);
                        return found == null ? other : found;
                    }

                    static Repository empty() {
                        return id -> null;
                    }
                }

                class Service {
                    @XRayEnabled
                    public void own() {}

                    public void other() {}
                }
                """, """
                import io.spanloom.annotation.Subsegment;

                interface Repository {
                    @Subsegment("find")
                    String find(String id);

                    @Subsegment("findOr")
                    default String findOr(String id, String other) {
                        String found = find(id);
                        return found == null ? other : found;
                    }

                    static Repository empty() {
                        return id -> null;
                    }
                }

                class Service {
                    @Subsegment("own")
                    public void own() {}

                    public void other() {}
                }
                """));
    }
}
