/**
 * The local trace desk. {@link io.spanloom.desk.TraceDesk} is the whole of it for a program that embeds it;
 * {@link io.spanloom.desk.Main} is the same thing at a terminal.
 */
@NullMarked
package io.spanloom.desk;

import org.jspecify.annotations.NullMarked;
