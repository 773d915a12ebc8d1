/**
 * Client authentication, RFC 6749 §2.3: one class per method, secrets (RFC 6749), assertions (RFC 7523) and certificates
 * (RFC 8705). Begin with {@code ClientAuthenticator}, which finds the method that a request uses.
 */
package dev.mintlog.edge.proof.client;
