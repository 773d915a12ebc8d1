/** Tells clients in ping mode that a request of theirs is decided: outgoing HTTPS, bounded in every way. */
package dev.mintlog.edge.notification;
