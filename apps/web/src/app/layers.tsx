/** Layers that come over any page: the commands, the shortcuts, the panic dialog, the notices. */
import { lazy, Suspense, useEffect } from 'react';
import type { StopOf } from '../features/kill-switch/stoppable.js';
import { Toasts } from '../shared/ui/toasts.js';
import type { Destination } from './destinations.js';
import { Palette } from './palette.js';
import { ShortcutSheet } from './shortcut-sheet.js';

/** Not part of the first view, but here before anybody can reach for it: it comes with the first touch of the page. */
const loadStopDialog = () => import('../features/kill-switch/stop-dialog.js');
const StopDialog = lazy(() => loadStopDialog().then((module) => ({ default: module.StopDialog })));
const TOUCHES = ['pointermove', 'pointerdown', 'keydown'] as const;

/** A stop may be of one thing: the palette and the page name it. */
export type Layer = 'palette' | 'keys' | 'stop' | { readonly stop: StopOf };

export function Layers({
  layer,
  onLayer,
  scope,
  destinations,
}: {
  readonly layer: Layer | null;
  readonly onLayer: (layer: Layer | null) => void;
  readonly scope: string;
  readonly destinations: readonly Destination[];
}) {
  const close = () => onLayer(null);
  useEffect(() => {
    const touched = new AbortController();
    const load = () => {
      touched.abort();
      // What could not be fetched now is fetched when it is asked for.
      void loadStopDialog().catch(() => undefined);
    };
    for (const touch of TOUCHES) addEventListener(touch, load, { signal: touched.signal });
    return () => touched.abort();
  }, []);
  return (
    <>
      <Palette
        open={layer === 'palette'}
        onClose={close}
        scope={scope}
        destinations={destinations}
        onStop={(of) => onLayer(of === undefined ? 'stop' : { stop: of })}
      />
      <ShortcutSheet open={layer === 'keys'} onClose={close} />
      <Suspense>
        {layer === 'stop' && <StopDialog scope={scope} onClose={close} />}
        {typeof layer === 'object' && layer !== null && (
          <StopDialog scope={scope} of={layer.stop} onClose={close} />
        )}
      </Suspense>
      <Toasts />
    </>
  );
}
