/** Go anywhere, start anything. What has a blast radius opens its dialog and never fires from here. */
import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { useStoppable, type StopOf } from '../features/kill-switch/stoppable.js';
import { ALL, useSession } from '../shared/api/session.js';
import { prefer } from '../shared/preferences.js';
import { words } from '../shared/format.js';
import { Kbd } from '../shared/ui/kbd.js';
import type { Destination } from './destinations.js';
import { searchQuery } from './palette.queries.js';
import { placeOf } from './places.js';

interface Command {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly keys?: string;
  readonly run: () => void;
  /** Found by the server, which ranked it: nothing is filtered here. */
  readonly found?: true;
  /** The stop of one thing, which stands behind the thing itself. */
  readonly of?: true;
}

export function Palette({
  open,
  onClose,
  scope,
  destinations,
  onStop,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly scope: string;
  readonly destinations: readonly Destination[];
  readonly onStop: (of?: StopOf) => void;
}) {
  const navigate = useNavigate();
  const { tenants } = useSession();
  const stops = useStoppable(open, scope);
  const commands = useMemo<Command[]>(
    () => [
      ...destinations.map(({ to, label, group, key }) => ({
        id: to,
        label,
        hint: group,
        keys: `g ${key}`,
        run: () => void navigate({ to, params: { scope } }),
      })),
      { id: 'stop', label: 'Stop…', hint: 'Panic', keys: 'Shift P', run: () => onStop() },
      ...tenants.map(({ tenant }) => ({
        id: tenant.slug,
        label: `Switch to ${tenant.name}`,
        hint: tenant.slug,
        run: () => void navigate({ to: '/$scope', params: { scope: tenant.slug } }),
      })),
      { id: 'dark', label: 'Dark theme', hint: 'Preferences', run: () => prefer({ theme: 'dark' }) },
      { id: 'light', label: 'Light theme', hint: 'Preferences', run: () => prefer({ theme: 'light' }) },
      ...stops.map((of) => ({
        id: `stop ${of.scope} ${of.target}`,
        label: `Stop ${of.scope} ${of.target}…`,
        hint: 'Panic',
        run: () => onStop(of),
        of: true as const,
      })),
    ],
    [destinations, navigate, scope, tenants, onStop, stops],
  );
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed.trim());
  const { data: hits, isFetching } = useQuery(searchQuery(open && scope !== ALL ? scope : null, text));
  // Enter takes the first line: before what is looked for has been found, that must not be the stop of it.
  const looking = isFetching || text !== typed.trim();
  const items = useMemo<Command[]>(
    () => [
      ...(hits ?? []).map((hit) => ({
        id: `${hit.kind} ${hit.id}`,
        label: hit.name,
        hint: [words(hit.kind), hit.detail && words(hit.detail)].filter(Boolean).join(' · '),
        run: () => void navigate(placeOf(scope, hit)),
        found: true as const,
      })),
      ...commands.filter(({ of }) => !(of && looking)),
    ],
    [hits, commands, looking, navigate, scope],
  );
  const run = (command: Command) => {
    onClose();
    command.run();
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="pop fixed inset-0 z-50 bg-scrim" />
        <Dialog.Popup
          aria-label="Commands"
          className="pop fixed top-[12vh] left-1/2 z-50 w-[560px] max-w-[calc(100vw-32px)] -translate-x-1/2 overflow-hidden rounded-card border border-line bg-raised shadow-float outline-none"
        >
          <Autocomplete.Root
            open
            inline
            items={items}
            value={typed}
            onValueChange={setTyped}
            itemToStringValue={(command: Command) => `${command.label} ${command.hint}`}
            limit={200}
            filter={(command: Command, query: string) =>
              command.found ??
              `${command.label} ${command.hint}`.toLowerCase().includes(query.trim().toLowerCase())
            }
            autoHighlight
          >
            <Autocomplete.Input
              aria-label="Search or run a command"
              placeholder="Search or run a command"
              className="h-11 w-full border-b border-line bg-transparent px-4 text-14 outline-none"
            />
            <Autocomplete.Empty className="px-4 py-6 text-center text-13 text-muted empty:hidden">
              Nothing by that name.
            </Autocomplete.Empty>
            <Autocomplete.List className="max-h-[50vh] overflow-y-auto p-1 empty:hidden">
              {(command: Command) => (
                <Autocomplete.Item
                  key={command.id}
                  value={command}
                  onClick={() => run(command)}
                  className="flex h-9 items-center gap-3 rounded-control px-3 text-13 data-[highlighted]:bg-accent-soft"
                >
                  <span className="truncate">{command.label}</span>
                  <span className="shrink-0 text-12 text-faint">{command.hint}</span>
                  {command.keys && (
                    <span className="ml-auto flex gap-1">
                      {command.keys.split(' ').map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </span>
                  )}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
