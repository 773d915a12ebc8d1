/** Proofs that are good once: what a command spends, and what became of it. No proof reaches these types, only digests. */
package dev.mintlog.proof;
