/** Requests in and calls out, on whatever HTTP library the application has. */
@NullMarked
package io.spanloom.http;

import org.jspecify.annotations.NullMarked;
