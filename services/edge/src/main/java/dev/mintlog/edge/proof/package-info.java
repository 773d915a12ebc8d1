/**
 * Proofs. What is proved here travels on as a fact; the secret that proved it stops here. Each room below judges one
 * kind: {@code client} who a client is, {@code token} the tokens that are shown to us, {@code grant} the assertions that
 * are authorization grants. Here is what more than one needs: what may be spent once, and the threads on which slow
 * comparisons run.
 */
package dev.mintlog.edge.proof;
