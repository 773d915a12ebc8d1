/** How a client comes by the credential of each grant, and how it proves itself. */
package dev.mintlog.bench.grant;
