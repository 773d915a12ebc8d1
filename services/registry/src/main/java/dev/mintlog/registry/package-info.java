/**
 * What is registered: tenants, clients, API resources, users, keys. One compacted topic, materialised in memory by every
 * service before it is ready ({@link dev.mintlog.registry.RegistryView}); nothing is looked up on the hot path.
 *
 * <p>Sub-packages: {@code document} (the YAML form), {@code log} (signed entries and how they become a snapshot),
 * {@code key} (signing keys), {@code secret} (hashes of client secrets and passwords).
 */
package dev.mintlog.registry;
