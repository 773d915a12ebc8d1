/**
 * The ports and which endpoint serves which path: the one place that knows every room.
 */
package dev.mintlog.edge.http.server;
