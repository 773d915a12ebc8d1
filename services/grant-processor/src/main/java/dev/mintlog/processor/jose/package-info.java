/** Signs: claims to compact JWS, with the fastest provider that works on this machine. */
package dev.mintlog.processor.jose;
