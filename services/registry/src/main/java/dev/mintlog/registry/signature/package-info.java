/** Who may write the registry: what is not signed by the operator's key (Ed25519, RFC 8032) does not count. */
package dev.mintlog.registry.signature;
