/** An API that goes on to another one for its user: RFC 7523 §2.1 with {@code requested_token_use=on_behalf_of}. */
package dev.mintlog.grant.onbehalf;
