import { renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { prefer } from './preferences.js';
import { listenForShortcuts, useShortcuts, type Shortcut } from './shortcuts.js';

const go = vi.fn<() => void>();
const palette = vi.fn<() => void>();
const panic = vi.fn<() => void>();
const SHORTCUTS: readonly Shortcut[] = [
  { keys: 'g o', label: 'Overview', group: 'Go to', run: go },
  { keys: 'Ctrl+K', label: 'Palette', group: 'Everywhere', run: palette },
  { keys: 'Shift+P', label: 'Panic', group: 'Everywhere', run: panic },
];
const press = (key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));

let stop: () => void;
let unmount: () => void;
beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  stop = listenForShortcuts();
  ({ unmount } = renderHook(() => useShortcuts(SHORTCUTS)));
});
afterEach(() => {
  unmount();
  stop();
  prefer({ singleKeys: true });
  document.body.replaceChildren();
  vi.useRealTimers();
});

it('runs a sequence, unless its second key comes late', () => {
  press('g');
  press('o');
  expect(go).toHaveBeenCalledTimes(1);
  press('g');
  vi.advanceTimersByTime(1_300);
  press('o');
  expect(go).toHaveBeenCalledTimes(1);
});

it('tells P from Shift P, and takes Ctrl as Command', () => {
  press('p');
  expect(panic).not.toHaveBeenCalled();
  press('P', { shiftKey: true });
  expect(panic).toHaveBeenCalledTimes(1);
  press('k', { metaKey: true });
  press('k', { ctrlKey: true });
  expect(palette).toHaveBeenCalledTimes(2);
});

it.each(['input', 'textarea', 'select'])('leaves the keys of a %s alone, but for Ctrl', (tag) => {
  const field = document.body.appendChild(document.createElement(tag));
  press('P', { shiftKey: true }, field);
  press('g', {}, field);
  press('o', {}, field);
  expect([panic.mock.calls, go.mock.calls]).toEqual([[], []]);
  press('k', { ctrlKey: true }, field);
  expect(palette).toHaveBeenCalledTimes(1);
});

it('leaves the keys of a dialog alone', () => {
  const dialog = document.body.appendChild(document.createElement('div'));
  dialog.setAttribute('role', 'dialog');
  press('P', { shiftKey: true }, dialog.appendChild(document.createElement('button')));
  expect(panic).not.toHaveBeenCalled();
});

it('has the keys back while a layer closes', () => {
  const layer = document.body.appendChild(document.createElement('div'));
  layer.setAttribute('role', 'dialog');
  layer.toggleAttribute('data-closed', true);
  press('P', { shiftKey: true }, layer.appendChild(document.createElement('input')));
  expect(panic).toHaveBeenCalledTimes(1);
});

it('turns single keys off for who wants that', () => {
  prefer({ singleKeys: false });
  press('P', { shiftKey: true });
  press('g');
  press('o');
  expect([panic.mock.calls, go.mock.calls]).toEqual([[], []]);
  press('k', { ctrlKey: true });
  expect(palette).toHaveBeenCalledTimes(1);
});

it('lets a page take a key over from the shell, and gives it back', () => {
  const page = vi.fn<() => void>();
  const mine: Shortcut[] = [{ keys: 'Shift+P', label: 'Mine', group: 'This page', run: page }];
  const mounted = renderHook(() => useShortcuts(mine));
  press('P', { shiftKey: true });
  mounted.unmount();
  press('P', { shiftKey: true });
  expect([page.mock.calls.length, panic.mock.calls.length]).toEqual([1, 1]);
});
