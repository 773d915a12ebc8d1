/**
 * What is registered: tenants, clients, API resources, users, keys. One compacted topic, materialised in memory by every
 * service before it is ready ({@link dev.mintlog.registry.RegistryView}); nothing is looked up on the hot path.
 *
 * <pre>
 * apply      publishes what an operator wrote
 * (here)     RegistryView ─▶ RegistrySnapshot: all of it, at one revision
 * key        signing keys of tenants          document  the YAML form, and entries made of it
 * log        signed entries, and how they become a revision
 * client, tenant    what is registered        signature, secret    who may write it; hashes
 * </pre>
 *
 * <p>Each line knows those below it, never one above.
 */
package dev.mintlog.registry;
