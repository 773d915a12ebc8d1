/** Signing keys of tenants: made, published, sealed, opened, and when they come and go. */
package dev.mintlog.registry.key;
