/** What is known of users for access tokens: the registry's own, and what providers say. */
package dev.mintlog.edge.claims;
