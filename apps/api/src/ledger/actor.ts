/** Who makes a change: a signed-in member, a management key, or the system itself at first start. */
export interface Actor {
  readonly kind: 'member' | 'management_key' | 'system';
  /** Member or key id; the record names this and nothing personal. */
  readonly id: string;
  /** For people who read logs; never in a record. */
  readonly name: string;
}

export const SYSTEM: Actor = { kind: 'system', id: 'system', name: 'Reeve' };
