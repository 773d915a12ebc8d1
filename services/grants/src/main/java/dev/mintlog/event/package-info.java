/** Facts for the audit, in the past tense. Every change of state has one; none holds a secret. */
package dev.mintlog.event;
