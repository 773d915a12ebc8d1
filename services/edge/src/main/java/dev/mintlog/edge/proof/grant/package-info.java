/** Assertions as authorization grants, RFC 7523 §2.1: by whom they are issued, whom they name, and that they hold. */
package dev.mintlog.edge.proof.grant;
