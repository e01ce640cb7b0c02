/** The zone every time on the page is shown in: the address's, else what the reader prefers. */
import { useSearch } from '@tanstack/react-router';
import type { Zone } from '../format.js';
import { usePreferences } from '../preferences.js';
import { zoneOf } from './zoned.js';

export function useZone(): Zone {
  const { zone } = usePreferences();
  const tz = useSearch({ strict: false, select: ({ tz }) => tz });
  return zoneOf(tz ?? zone) ?? 'UTC';
}
