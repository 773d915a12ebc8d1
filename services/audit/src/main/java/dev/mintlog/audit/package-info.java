/** Reading {@code token-events}: what was issued, denied, approved, revoked. Nothing here writes. */
package dev.mintlog.audit;
