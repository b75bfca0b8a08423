/** The Spanloom facade. */
module io.spanloom.core {
    requires org.slf4j;
    requires static org.jspecify;

    exports io.spanloom;
}
