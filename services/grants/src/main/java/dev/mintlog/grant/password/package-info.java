/** RFC 6749 §4.3, for clients that are allowed what RFC 9700 §2.4 advises against. */
package dev.mintlog.grant.password;
