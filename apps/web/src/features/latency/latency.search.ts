/** The state that the Latency page keeps in its URL. */
import * as z from 'zod/mini';
import { lenient } from '../../shared/url/many.js';

export const LATENCY_OF = ['node', 'model', 'tool'] as const;
export type LatencyOf = (typeof LATENCY_OF)[number];

export const latencySearch = z.object({ of: lenient(z.enum(LATENCY_OF)) });
