/** TLS for `mintlog up`: a certificate authority of this machine, a certificate by it, and how clients trust it. */
package dev.mintlog.standalone.tls;
