/**
 * Proofs: who a client is, and whether a bearer token is ours. What is proved here travels on as a fact; the secret
 * that proved it stops here.
 */
package dev.mintlog.edge.proof;
