/** Signing keys of tenants: made, published, sealed, opened; and the key that signs the registry itself. */
package dev.mintlog.registry.key;
