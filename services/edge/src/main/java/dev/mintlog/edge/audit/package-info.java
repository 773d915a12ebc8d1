/** What an edge itself refuses, for the audit: proofs that failed before a command came of them. */
package dev.mintlog.edge.audit;
