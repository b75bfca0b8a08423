/** What a backend implements and what core hands it. Applications need nothing from here. */
@NullMarked
package io.spanloom.spi;

import org.jspecify.annotations.NullMarked;
