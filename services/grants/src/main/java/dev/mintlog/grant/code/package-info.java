/** RFC 6749 §4.1 with RFC 7636. */
package dev.mintlog.grant.code;
