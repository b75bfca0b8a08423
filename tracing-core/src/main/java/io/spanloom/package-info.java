@NullMarked
package io.spanloom;

import org.jspecify.annotations.NullMarked;
