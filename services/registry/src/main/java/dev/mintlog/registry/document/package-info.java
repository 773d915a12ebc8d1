/**
 * The registry as an operator writes it: YAML in, YAML out, every problem named with its path. docs/registry.md.
 * {@code client} has the form of a client, {@code text} what text becomes values by.
 */
package dev.mintlog.registry.document;
