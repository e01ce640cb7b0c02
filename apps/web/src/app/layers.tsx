/** Layers that come over any page: the commands, the shortcuts, the panic dialog, the notices. */
import { lazy, Suspense, useEffect } from 'react';
import type { StopOf } from '../features/kill-switch/stoppable.js';
import { Toasts } from '../shared/ui/toasts.js';
import type { Destination } from './destinations.js';
import { Palette } from './palette.js';
import { ShortcutSheet } from './shortcut-sheet.js';

/** Comes behind the other layers, before anybody can reach for it. */
const loadStopDialog = () => import('../features/kill-switch/stop-dialog.js');
const StopDialog = lazy(() => loadStopDialog().then((module) => ({ default: module.StopDialog })));

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
  // What could not be fetched now is fetched when it is asked for.
  useEffect(() => void loadStopDialog().catch(() => undefined), []);
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
