import { z } from 'zod';

/** A ledger position as text: it may be larger than what a JSON number says exactly. */
export const LedgerPosition = z.string().regex(/^\d{1,18}$/, 'a ledger position, in digits');

/** The same as a number to compare with. */
export const Position = LedgerPosition.transform((text) => BigInt(text));
