package io.spanloom.examples.cruddur;

/**
 * Something a user wrote.
 *
 * @param createdAt ISO 8601, as it is stored
 */
record Activity(int id, String handle, String message, String createdAt) {}
