package io.spanloom.examples.cruddur;

/** Who a user is. */
record Profile(String handle, String displayName) {}
