/** The agent: the weaver, packed so that an application's class path cannot meet it. */
package io.spanloom.agent;
