/** The page's time range: pick one or type one. It stays in the URL across pages. */
import { Popover } from '@base-ui/react/popover';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Clock } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { prefer, usePreferences } from '../shared/preferences.js';
import { useNow } from '../shared/use-now.js';
import { useShortcuts, type Shortcut } from '../shared/shortcuts.js';
import { Button } from '../shared/ui/button.js';
import { TextField } from '../shared/ui/field.js';
import { parseRange, rangeOf, shift, zoom, type TimeSearch } from '../shared/url/time-range.js';

const PRESETS = ['15m', '1h', '6h', '24h', '7d', '30d'];

export function TimeRangePicker() {
  const search = useSearch({ strict: false }) as TimeSearch;
  const navigate = useNavigate();
  const { zone } = usePreferences();
  const now = useNow();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | null>(null);
  const input = useRef<HTMLDivElement>(null);

  const go = useMemo(
    () => (next: TimeSearch) => {
      setOpen(false);
      setTyped('');
      void navigate({
        to: '.',
        search: (was: object) => ({ ...was, t: undefined, from: undefined, to: undefined, ...next }),
      } as never);
    },
    [navigate],
  );
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      { keys: 't', label: 'Time range', group: 'Time', run: () => setOpen(true) },
      { keys: '[', label: 'Earlier', group: 'Time', run: () => go(shift(rangeOf(search, Date.now()), -1)) },
      { keys: ']', label: 'Later', group: 'Time', run: () => go(shift(rangeOf(search, Date.now()), 1)) },
      { keys: '-', label: 'Zoom out', group: 'Time', run: () => go(zoom(rangeOf(search, Date.now()), 2)) },
      { keys: '=', label: 'Zoom in', group: 'Time', run: () => go(zoom(rangeOf(search, Date.now()), 0.5)) },
    ],
    [go, search],
  );
  useShortcuts(shortcuts);
  const apply = () => {
    const parsed = parseRange(typed, Date.now());
    if (parsed === null) setError('Try 45m, 7d, since Jun 1, since 09:30, or two dates.');
    else go(parsed);
  };

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger render={<Button size="sm" icon={<Clock size={14} aria-hidden />} />}>
        {rangeOf(search, now).label} <span className="text-faint">{zone === 'UTC' ? 'UTC' : 'local'}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="start" className="z-50">
          <Popover.Popup className="pop z-50 w-72 rounded-card border border-line bg-raised p-3 shadow-float outline-none">
            <Popover.Title className="sr-only">Time range</Popover.Title>
            <form
              ref={input as never}
              onSubmit={(event) => {
                event.preventDefault();
                apply();
              }}
            >
              <TextField
                label="Type a range"
                placeholder="45m · since Jun 1 · 09:30 to 11:00"
                value={typed}
                error={error}
                onChange={(event) => setTyped(event.target.value)}
              />
            </form>
            <div className="mt-2 grid grid-cols-3 gap-1.5">
              {PRESETS.map((preset) => (
                <Button key={preset} size="sm" onClick={() => go({ t: preset })}>
                  {preset}
                </Button>
              ))}
            </div>
            <div className="mt-3 flex items-center justify-between border-t border-line pt-2 text-12 text-muted">
              Times are shown in {zone === 'UTC' ? 'UTC' : 'local time'}
              <Button
                size="sm"
                kind="ghost"
                onClick={() => prefer({ zone: zone === 'UTC' ? 'local' : 'UTC' })}
              >
                Use {zone === 'UTC' ? 'local' : 'UTC'}
              </Button>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
