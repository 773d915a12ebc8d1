/** From terms to tokens: claims are built here, signing is behind a port. */
package dev.mintlog.token;
