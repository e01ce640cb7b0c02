/**
 * Keyboard shortcuts as one registry: what a key does, the sheet behind `?` and the palette's hints read the same list.
 * Single keys are ignored where somebody types, and can be turned off.
 */
import { useEffect, useSyncExternalStore } from 'react';
import { preferences } from './preferences.js';

/** As the sheet lists them: what only works here and now comes first. */
export const GROUPS = ['This layer', 'This page', 'The grid', 'Everywhere', 'Time', 'Go to'] as const;

export interface Shortcut {
  /** `g o`, `/`, `Shift+P`, `Ctrl+K` */
  readonly keys: string;
  readonly label: string;
  readonly group: (typeof GROUPS)[number];
  /** null: whatever has the focus does it; here it is only told. */
  readonly run: (() => void) | null;
}

let registered: readonly Shortcut[] = [];
const listeners = new Set<() => void>();
const change = (next: readonly Shortcut[]) => {
  registered = next;
  listeners.forEach((listener) => listener());
};

/** Registers while mounted. Pass a stable array. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    change([...registered, ...shortcuts]);
    return () => change(registered.filter((each) => !shortcuts.includes(each)));
  }, [shortcuts]);
}

export const useRegisteredShortcuts = (): readonly Shortcut[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => registered,
  );

const SEQUENCE_MS = 1_200;
let pending: { readonly key: string; readonly at: number } | undefined;

export function listenForShortcuts(): () => void {
  const listener = (event: KeyboardEvent) => {
    const name = nameOf(event);
    if (event.defaultPrevented || event.isComposing || name === null) return;
    const modified = event.ctrlKey || event.metaKey;
    if (!modified && (isTyping(event.target) || isInLayer(event.target) || !preferences().singleKeys)) return;
    const sequence =
      pending !== undefined && Date.now() - pending.at < SEQUENCE_MS ? `${pending.key} ${name}` : name;
    // The latest registered wins: a page's own key over the shell's.
    const hit =
      registered.findLast(({ keys, run }) => keys === sequence && run !== null) ??
      registered.findLast(({ keys, run }) => keys === name && run !== null);
    pending =
      !modified && registered.some(({ keys }) => keys.startsWith(`${name} `))
        ? { key: name, at: Date.now() }
        : undefined;
    if (hit?.run == null) return;
    event.preventDefault();
    pending = undefined;
    hit.run();
  };
  addEventListener('keydown', listener);
  return () => removeEventListener('keydown', listener);
}

function nameOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): string | null {
  if (altKey || ['Control', 'Meta', 'Shift', 'Alt'].includes(key)) return null;
  if (ctrlKey || metaKey) return `Ctrl+${key.length === 1 ? key.toUpperCase() : key}`;
  if (shiftKey && /^[A-Z]$/.test(key)) return `Shift+${key}`;
  return key;
}

/** A layer that is on its way out keeps the focus for a moment; keys are for the page again. */
const isClosing = (target: HTMLElement): boolean => target.closest('[data-closed]') !== null;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  !isClosing(target) &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

const isInLayer = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  !isClosing(target) &&
  target.closest('[role="dialog"], [role="menu"]') !== null;
