module shop {
    requires static io.spanloom.annotations;

    exports shop;
}
