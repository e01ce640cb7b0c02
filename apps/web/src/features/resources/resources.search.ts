/** The state that the Resources page keeps in its URL. */
import * as z from 'zod/mini';
import { one } from '../../shared/url/many.js';

export const resourcesSearch = z.object({ q: one, type: one });
