/** Cruddur, a small social network: its backend, and the profiles service that it calls. Start at {@code Cruddur}. */
@NullMarked
package io.spanloom.examples.cruddur;

import org.jspecify.annotations.NullMarked;
