/** The page's time range and zone: pick one or type one. Both stay in the URL across pages. */
import { Popover } from '@base-ui/react/popover';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Clock } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useNow } from '../shared/use-now.js';
import { useShortcuts, type Shortcut } from '../shared/shortcuts.js';
import { Button } from '../shared/ui/button.js';
import { SelectField, TextField } from '../shared/ui/field.js';
import { parseRange, UNDERSTOOD } from '../shared/url/time-grammar.js';
import { rangeInFull, rangeLabel, rangeOf, shift, zoom, type TimeSearch } from '../shared/url/time-range.js';
import { useZone } from '../shared/url/use-zone.js';
import { zoneOf } from '../shared/url/zoned.js';

const PRESETS = ['15m', '1h', '6h', '24h', '7d', '30d'];
const PERIODS = ['today', 'yesterday', 'this week', 'last week', 'this month', 'last month'];

export function TimeRangePicker() {
  const search = useSearch({ strict: false }) as TimeSearch;
  const navigate = useNavigate();
  const zone = useZone();
  const now = useNow();
  const [open, setOpen] = useState(false);
  const range = rangeOf(search, now);
  const label = rangeLabel(range, zone);

  const go = useMemo(
    () => (next: TimeSearch) => {
      setOpen(false);
      void navigate({
        to: '.',
        search: (was) => ({ ...was, t: undefined, from: undefined, to: undefined, ...next }),
      });
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

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        render={
          <Button
            size="sm"
            className="min-w-0 !shrink"
            title={rangeInFull(range, zone)}
            icon={<Clock size={14} aria-hidden className="shrink-0 max-[559px]:hidden" />}
          />
        }
      >
        <span className="truncate">
          {label}
          {range.sliding !== null && <span className="text-faint"> {zone}</span>}
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="start" className="z-50">
          <Popover.Popup className="pop z-50 w-80 max-w-[calc(100vw-16px)] rounded-card border border-line bg-raised p-3 shadow-float outline-none">
            <Popover.Title className="sr-only">Time range</Popover.Title>
            <TypedRange zone={zone} onRange={go} />
            <div className="mt-2 grid grid-cols-6 gap-1.5">
              {PRESETS.map((preset) => (
                <Button
                  key={preset}
                  size="sm"
                  className="justify-center px-0"
                  onClick={() => go({ t: preset })}
                >
                  {preset}
                </Button>
              ))}
            </div>
            <div className="mt-1.5 grid grid-cols-2 gap-1.5">
              {PERIODS.map((period) => (
                <Button
                  key={period}
                  size="sm"
                  className="justify-center"
                  onClick={() => {
                    const parsed = parseRange(period, Date.now(), zone);
                    if ('search' in parsed) go(parsed.search);
                  }}
                >
                  {period}
                </Button>
              ))}
            </div>
            <div className="mt-3 flex flex-col gap-2 border-t border-line pt-2">
              <p className="text-12 text-muted">Now shown: {rangeInFull(range, zone)}</p>
              <ZoneChoice zone={zone} onZone={(tz) => go({ ...search, tz })} />
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** A field that says how it understands what stands in it, before it is taken. */
function TypedRange({
  zone,
  onRange,
}: {
  readonly zone: string;
  readonly onRange: (search: TimeSearch) => void;
}) {
  const now = useNow();
  const [typed, setTyped] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const parsed = parseRange(typed, now, zone);
  const meant =
    'search' in parsed ? rangeInFull(rangeOf(parsed.search, now), parsed.search.tz ?? zone) : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const taken = parseRange(typed, Date.now(), zone);
        if ('search' in taken) onRange(taken.search);
        else setRefused(`${taken.why} ${UNDERSTOOD}`);
      }}
    >
      <TextField
        label="Type a range"
        placeholder="90 min · yesterday · Oct 1 to Oct 31"
        value={typed}
        error={refused}
        hint={meant ?? 'Enter takes it; days and hours are those of the zone below.'}
        onChange={(event) => {
          setTyped(event.target.value);
          setRefused(null);
        }}
      />
    </form>
  );
}

/** Every zone this browser knows, the usual ones first. */
function ZoneChoice({ zone, onZone }: { readonly zone: string; readonly onZone: (tz: string) => void }) {
  const usual = [...new Set(['UTC', zoneOf('local') ?? 'UTC', zone])];
  return (
    <SelectField label="Time zone" value={zone} onChange={(event) => onZone(event.target.value)}>
      {usual.map((name) => (
        <option key={name}>{name}</option>
      ))}
      <optgroup label="All">
        {Intl.supportedValuesOf('timeZone')
          .filter((name) => !usual.includes(name))
          .map((name) => (
            <option key={name}>{name}</option>
          ))}
      </optgroup>
    </SelectField>
  );
}
