/** Whether the page was touched since it was opened: what is not part of the first view comes with the first touch. */
import { useEffect, useState } from 'react';

const TOUCHES = ['pointermove', 'pointerdown', 'keydown'] as const;

export function useTouched(): boolean {
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    const waiting = new AbortController();
    const touch = () => {
      waiting.abort();
      setTouched(true);
    };
    for (const one of TOUCHES) addEventListener(one, touch, { signal: waiting.signal });
    return () => waiting.abort();
  }, []);
  return touched;
}
