/**
 * From the log back to the request that waits: replies are read from this edge's partition, matched by correlation id,
 * and handed to the event loop their request lives on.
 */
package dev.mintlog.edge.reply;
