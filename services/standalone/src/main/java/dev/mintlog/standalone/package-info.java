/**
 * Everything Mintlog needs, real and on loopback: a Kafka broker, a Redis and a schema registry as child processes that
 * keep their data in a directory and end with their parent, whatever way it ends.
 */
package dev.mintlog.standalone;
