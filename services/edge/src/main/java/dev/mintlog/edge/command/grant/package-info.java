/**
 * Token requests, RFC 6749 §4 and its extensions: one class per grant reads its parameters and checks its proof. A
 * secret becomes a digest or an authorization id here and goes no further. Begin with {@code GrantReaders}, the list.
 */
package dev.mintlog.edge.command.grant;
