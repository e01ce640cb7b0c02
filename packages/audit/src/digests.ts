/** The two digests a verifier needs, as parameters: Node has its own, a browser brings one. */

/** A digest of the text's UTF-8 bytes, as 64 lower-case hex digits. */
export type Digest = (text: string) => string;

export interface Digests {
  /** SHA-256 (FIPS 180-4). */
  readonly sha256: Digest;
  /**
   * HMAC-SHA256 (RFC 2104) under the tenant's key of that id, or undefined if that key is not at hand.
   * Left out altogether, the check is of the chain alone.
   */
  readonly mac?: (tenant: string, keyId: string) => Digest | undefined;
}
