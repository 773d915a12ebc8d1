/** Configured secrets, and what is derived from them. Nothing here prints what it holds. */
package dev.mintlog.channel.secret;
