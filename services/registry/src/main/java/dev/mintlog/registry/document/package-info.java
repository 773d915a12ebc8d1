/** The registry as an operator writes it: YAML in, YAML out, every problem named with its path. docs/registry.md. */
package dev.mintlog.registry.document;
