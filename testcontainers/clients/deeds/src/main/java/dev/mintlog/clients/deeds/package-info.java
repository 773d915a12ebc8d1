/**
 * How a test asks a client, which runs in a JVM of its own, to do something: a line in, a line out. Both sides use the same
 * form encoding, so that neither has to bring a JSON library the other might not like.
 */
package dev.mintlog.clients.deeds;
