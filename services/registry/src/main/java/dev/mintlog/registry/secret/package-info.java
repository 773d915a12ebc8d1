/** Hashes of client secrets and passwords, and how they are made. The secrets themselves are never kept. */
package dev.mintlog.registry.secret;
