/** DPoP, RFC 9449: proofs that the sender of a request has a key, and the nonces that go into them. */
package dev.mintlog.edge.dpop;
