/**
 * Deciding: state and command in, {@link dev.mintlog.grant.Decision} out. One handler per grant; {@link
 * dev.mintlog.grant.GrantHandlers} lists them.
 */
package dev.mintlog.grant;
