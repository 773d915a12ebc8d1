/** What clients and users hold: handles (codes, device codes, refresh tokens) and user_codes. Written by edges only. */
package dev.mintlog.channel.handle;
