/**
 * Races in the X-Ray backend's exporter: each document leaves once, and the account holds whenever somebody looks. In the
 * exporter's own package, whose classes are not for others. Not null-marked: the classes that jcstress generates into it do
 * not keep to that.
 */
package io.spanloom.xray;
