/**
 * An extension grant to copy from: tickets that a desk prints for its visitors. It sees types of the core and of the
 * platform only; docs/extension-grants.md walks through it.
 */
package dev.mintlog.example;
