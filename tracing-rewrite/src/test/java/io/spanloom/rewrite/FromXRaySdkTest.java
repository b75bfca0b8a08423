package io.spanloom.rewrite;

import static org.openrewrite.java.Assertions.java;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.openrewrite.Recipe;
import org.openrewrite.config.Environment;
import org.openrewrite.config.YamlResourceLoader;

/** All recipes on a whole class, as a user runs them. */
class FromXRaySdkTest extends RecipeContract {

    @Override
    Recipe recipe() {
        try (InputStream recipes = Recipe.class.getResourceAsStream("/META-INF/rewrite/spanloom.yml")) {
            return Environment.builder()
                    .load(new YamlResourceLoader(recipes, URI.create("spanloom.yml"), new Properties()))
                    .build()
                    .activateRecipes("io.spanloom.rewrite.FromXRaySdk");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void serviceOnTheSdk_isAServiceOnSpanloom() {
        rewriteRun(java(source("before.txt"), source("after.txt")));
    }

    @Test
    void serviceOnSpanloom_isLeft() {
        rewriteRun(java(source("after.txt")));
    }

    /** Static imports, loops, early returns, nested and handed-on code; what cannot be turned safely is noted and stays. */
    @Test
    void shapesThatCodeComesIn_areTurnedOrNoted() {
        rewriteRun(java(source("shapes-before.txt"), source("shapes-after.txt")));
    }

    @Test
    void shapesThatWereTurned_areLeft() {
        rewriteRun(java(source("shapes-after.txt")));
    }

    static String source(String name) {
        try (InputStream in = FromXRaySdkTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
