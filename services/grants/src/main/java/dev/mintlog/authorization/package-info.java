/**
 * The authorization: everything born of one consent, as one aggregate.
 *
 * <p>The law of this module: no clock, no I/O, no randomness, no library. Time, ids and keys arrive as arguments;
 * decisions leave as values.
 *
 * <pre>
 *  (absent) ──create──▶ CodeIssued ──redeem──▶ Active ──rotate──▶ Active
 *     │                     └──wrong verifier──▶ Revoked ◀──reuse, revoke──┘
 *     └──request──▶ Pending ──approve──▶ Approved ──redeem──▶ Active
 *                       └──refuse──▶ Refused
 * </pre>
 */
package dev.mintlog.authorization;
