/** The settings that every service shares: how Kafka, Redis and the schema registry are reached, and with which secrets. */
package dev.mintlog.connections;
