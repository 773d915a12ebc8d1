/** What leaves: events and changelog first, and only when the log has them, the answer. */
package dev.mintlog.processor.outcome;
