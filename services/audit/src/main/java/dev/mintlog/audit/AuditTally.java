package dev.mintlog.audit;

/**
 * What a reading met.
 *
 * @param read records of the topic
 * @param repeated events told before, or outranked
 * @param forged records of somebody without the channel secret
 * @param undecodable authentic records that this version cannot read
 */
public record AuditTally(long read, long repeated, long forged, long undecodable) {
  static final AuditTally NONE = new AuditTally(0, 0, 0, 0);

  AuditTally withRead() {
    return new AuditTally(read + 1, repeated, forged, undecodable);
  }

  AuditTally withRepeated() {
    return new AuditTally(read, repeated + 1, forged, undecodable);
  }

  AuditTally withForged() {
    return new AuditTally(read, repeated, forged + 1, undecodable);
  }

  AuditTally withUndecodable() {
    return new AuditTally(read, repeated, forged, undecodable + 1);
  }
}
