/**
 * What Mintlog publishes about itself: metadata and keys.
 */
package dev.mintlog.edge.http.discovery;
