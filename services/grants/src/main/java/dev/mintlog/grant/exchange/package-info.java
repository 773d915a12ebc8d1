/** RFC 8693: a token for another. */
package dev.mintlog.grant.exchange;
