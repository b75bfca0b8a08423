package io.spanloom.rewrite;

import static org.openrewrite.xml.Assertions.xml;

import org.junit.jupiter.api.Test;
import org.openrewrite.Recipe;

class AddSpanloomDependenciesTest extends RecipeContract {

    @Override
    Recipe recipe() {
        return new AddSpanloomDependencies();
    }

    @Test
    void pomWithTheSdk_hasSpanloomBesideIt() {
        rewriteRun(xml("""
                <project>
                  <dependencies>
                    <dependency>
                      <groupId>com.amazonaws</groupId>
                      <artifactId>aws-xray-recorder-sdk-core</artifactId>
                      <version>2.21.0</version>
                    </dependency>
                  </dependencies>
                </project>
                """, """
                <project>
                  <dependencies>
                    <dependency>
                      <groupId>com.amazonaws</groupId>
                      <artifactId>aws-xray-recorder-sdk-core</artifactId>
                      <version>2.21.0</version>
                    </dependency>
                    <dependency>
                      <groupId>io.spanloom</groupId>
                      <artifactId>tracing-annotations</artifactId>
                      <version>0.1.0-SNAPSHOT</version>
                    </dependency>
                    <dependency>
                      <groupId>io.spanloom</groupId>
                      <artifactId>tracing-xray</artifactId>
                      <version>0.1.0-SNAPSHOT</version>
                    </dependency>
                  </dependencies>
                </project>
                """, spec -> spec.path("pom.xml")));
    }

    @Test
    void pomWithoutTheSdk_isLeft() {
        rewriteRun(xml("""
                <project>
                  <dependencies>
                    <dependency>
                      <groupId>com.amazonaws</groupId>
                      <artifactId>aws-java-sdk</artifactId>
                    </dependency>
                  </dependencies>
                </project>
                """, spec -> spec.path("pom.xml")));
    }
}
