/** Spring Boot: everything that is traced by having one dependency. */
@NullMarked
package io.spanloom.spring;

import org.jspecify.annotations.NullMarked;
