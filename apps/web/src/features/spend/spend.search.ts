/** The state that the Spend page keeps in its URL. */
import * as z from 'zod/mini';
import { lenient } from '../../shared/url/many.js';

export const SPEND_BY = ['route', 'segment', 'model', 'assistant', 'node'] as const;
export type SpendBy = (typeof SPEND_BY)[number];

export const spendSearch = z.object({ by: lenient(z.enum(SPEND_BY)) });
