/** Signed JWTs that somebody presents as a proof, RFC 7523: read leniently, verified strictly. */
package dev.mintlog.edge.assertion;
