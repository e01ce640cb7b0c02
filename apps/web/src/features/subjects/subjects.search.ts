import * as z from 'zod/mini';
import { one } from '../../shared/url/many.js';

/** The text that is searched for is in the URL. */
export const subjectsSearch = z.object({ q: one });
