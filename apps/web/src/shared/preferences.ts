/** Preferences of a person on this device: theme, zone, whether single keys act. */
import { useSyncExternalStore } from 'react';

export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  /** The zone where the address names none. */
  readonly zone: 'UTC' | 'local';
  /** WCAG 2.1.4: single-key shortcuts can be turned off. */
  readonly singleKeys: boolean;
}
const DEFAULTS: Preferences = { theme: 'system', zone: 'UTC', singleKeys: true };
const listeners = new Set<() => void>();

let current: Preferences = {
  theme: (localStorage.getItem('reeve.theme') as Preferences['theme'] | null) ?? DEFAULTS.theme,
  zone: localStorage.getItem('reeve.zone') === 'local' ? 'local' : 'UTC',
  singleKeys: localStorage.getItem('reeve.singleKeys') !== 'off',
};

export const preferences = (): Preferences => current;

export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  localStorage.setItem('reeve.theme', current.theme);
  localStorage.setItem('reeve.zone', current.zone);
  localStorage.setItem('reeve.singleKeys', current.singleKeys ? 'on' : 'off');
  applyTheme();
  listeners.forEach((listener) => listener());
}

const system = matchMedia('(prefers-color-scheme: dark)');
function applyTheme() {
  const dark = current.theme === 'dark' || (current.theme === 'system' && system.matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}
system.addEventListener('change', applyTheme);

export const usePreferences = (): Preferences =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
