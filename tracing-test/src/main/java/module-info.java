/** Tests of traced code, and the contract that every backend passes. */
module io.spanloom.test {
    requires transitive io.spanloom.core;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires io.spanloom.annotations;
    requires org.junit.jupiter.params;
    requires static org.jspecify;

    exports io.spanloom.test;
    exports io.spanloom.test.contract;

    // JUnit calls the cases, and core reads the beans that they record.
    opens io.spanloom.test.contract;
}
