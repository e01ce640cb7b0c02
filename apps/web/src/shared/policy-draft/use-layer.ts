/** The needs of a layer that is written into: the text field has the focus, Ctrl+Enter does the act. */
import { useEffect, useEffectEvent, useMemo, useRef, type RefObject } from 'react';
import { useShortcuts, type Shortcut } from '../shortcuts.js';

const AFTER_THE_LAYER_MS = 60;
const NONE: readonly Shortcut[] = [];

/** The ref goes around the text field. The layer focuses its first button when it opens; this comes after it. */
export function useLayer<T extends HTMLElement>(
  open: boolean,
  label: string,
  act: () => void,
): RefObject<T | null> {
  const around = useRef<T>(null);
  useEffect(() => {
    if (!open) return undefined;
    const timer = setTimeout(() => around.current?.querySelector('textarea')?.focus(), AFTER_THE_LAYER_MS);
    return () => clearTimeout(timer);
  }, [open]);
  const run = useEffectEvent(act);
  const latest = useRef<() => void>(() => undefined);
  useEffect(() => {
    latest.current = () => run();
  }, []);
  const shortcuts = useMemo(
    (): readonly Shortcut[] =>
      open ? [{ keys: 'Ctrl+Enter', label, group: 'This layer', run: () => latest.current() }] : NONE,
    [open, label],
  );
  useShortcuts(shortcuts);
  return around;
}
