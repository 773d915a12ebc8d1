/**
 * Tokens that are presented to us: access tokens at our own APIs, tokens to be exchanged, RFC 8693, and ID tokens as
 * hints. Whether each is ours, in force and of the kind that is wanted.
 */
package dev.mintlog.edge.proof.token;
