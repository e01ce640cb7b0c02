/** The time, as state: rendering stays pure, and "4 s ago" goes on counting. */
import { useEffect, useState } from 'react';

/** Epoch ms, renewed every `everyMs`. */
export function useNow(everyMs = 10_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
