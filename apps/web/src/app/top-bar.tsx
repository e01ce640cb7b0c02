/** The top bar: which tenant, which time, how fresh; the palette; the panic button, always there. */
import { Menu } from '@base-ui/react/menu';
import { useNavigate, useMatches } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { Check, ChevronDown, Keyboard, LogOut, OctagonX, Pause, Play, Search, UserRound } from 'lucide-react';
import { post } from '../shared/api/http.js';
import { useFreshness } from '../shared/api/live.js';
import { queryClient } from '../shared/api/query-client.js';
import { ALL, useSession } from '../shared/api/session.js';
import { prefer, usePreferences, type Preferences } from '../shared/preferences.js';
import { useNow } from '../shared/use-now.js';
import { Button, IconButton } from '../shared/ui/button.js';
import { Kbd } from '../shared/ui/kbd.js';
import { StatusShape } from '../shared/ui/status.js';
import { TimeRangePicker } from './time-range-picker.js';

const POPUP = 'pop z-50 min-w-48 rounded-card border border-line bg-raised p-1 shadow-float outline-none';
const ITEM =
  'flex h-8 items-center gap-2 rounded-control px-2 text-13 data-[highlighted]:bg-sunken outline-none';

interface TopBarProps {
  readonly scope: string;
  readonly paused: boolean;
  readonly onPause: () => void;
  readonly onPalette: () => void;
  readonly onPanic: () => void;
  readonly onKeys: () => void;
}

export function TopBar({ scope, paused, onPause, onPalette, onPanic, onKeys }: TopBarProps) {
  return (
    <header className="flex h-11 shrink-0 items-center gap-1.5 border-b border-line bg-canvas px-2 md:gap-2 md:px-3">
      <ScopeMenu scope={scope} />
      <TimeRangePicker />
      <button
        type="button"
        onClick={onPalette}
        className="flex h-7 w-7 shrink-0 items-center justify-center gap-2 rounded-control border border-line bg-surface px-1.5 text-13 text-faint hover:border-line-strong md:w-auto md:max-w-md md:min-w-32 md:flex-1 md:shrink md:justify-start md:px-2"
      >
        <Search size={14} aria-hidden className="shrink-0" />
        <span className="sr-only truncate md:not-sr-only">Search or run a command</span>
        <span className="ml-auto hidden md:block">
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      <span className="ml-auto" />
      <LiveChip paused={paused} onPause={onPause} />
      <Button size="sm" kind="danger" icon={<OctagonX size={14} aria-hidden />} onClick={onPanic}>
        Panic
        <span className="hidden md:inline">
          <Kbd>⇧P</Kbd>
        </span>
      </Button>
      <UserMenu onKeys={onKeys} />
    </header>
  );
}

function ScopeMenu({ scope }: { readonly scope: string }) {
  const { tenants } = useSession();
  const navigate = useNavigate();
  const path = useMatches().at(-1)?.fullPath ?? '/$scope';
  const current = tenants.find(({ tenant }) => tenant.slug === scope)?.tenant;
  const go = (next: string) =>
    void navigate({ to: path === '/$scope/' ? '/$scope' : path, params: { scope: next }, search: true });
  return (
    <Menu.Root>
      <Menu.Trigger render={<Button size="sm" className="min-w-0 !shrink" />}>
        <span className="min-w-0 truncate">{current?.name ?? (scope === ALL ? 'All tenants' : scope)}</span>
        {current && current.environment !== 'production' && (
          <span className="shrink-0 rounded-chip bg-ask-fill px-1 text-11 text-ask">
            {current.environment}
          </span>
        )}
        <ChevronDown size={14} aria-hidden className="shrink-0" />
      </Menu.Trigger>
      <Menu.Portal render={<section aria-label="Choice of the tenant" />}>
        <Menu.Positioner sideOffset={4} align="start" className="z-50">
          <Menu.Popup className={POPUP}>
            {[{ slug: ALL, name: 'All tenants' }, ...tenants.map(({ tenant }) => tenant)].map(
              ({ slug, name }) => (
                <Menu.Item key={slug} className={ITEM} onClick={() => go(slug)}>
                  <Check size={14} aria-hidden className={slug === scope ? 'text-accent' : 'invisible'} />
                  {name}
                  <span className="mono ml-auto pl-4 text-faint">{slug}</span>
                </Menu.Item>
              ),
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

const WORDS = {
  live: 'Live',
  polling: 'Polling',
  paused: 'Paused',
  connecting: 'Connecting',
  away: 'Out of reach',
} as const;

function LiveChip({ paused, onPause }: { readonly paused: boolean; readonly onPause: () => void }) {
  const { state, at } = useFreshness();
  const now = useNow(5_000);
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  return (
    <button
      type="button"
      onClick={onPause}
      className="flex h-7 shrink-0 items-center gap-1.5 rounded-control px-1.5 text-12 text-muted hover:bg-sunken md:px-2"
      title={paused ? 'Resume live updates (.)' : 'Pause live updates (.)'}
    >
      <StatusShape tone={state === 'live' ? 'ok' : state === 'paused' ? 'unknown' : 'warn'} />
      <span className={clsx('whitespace-nowrap', state === 'live' && 'sr-only md:not-sr-only')}>
        {WORDS[state]}
      </span>
      {state !== 'live' && state !== 'paused' && seconds > 5 && (
        <span className="hidden text-faint md:inline">· {seconds} s</span>
      )}
      {paused ? <Play size={12} aria-hidden /> : <Pause size={12} aria-hidden />}
    </button>
  );
}

const THEMES = [
  ['system', 'Theme of the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

function UserMenu({ onKeys }: { readonly onKeys: () => void }) {
  const { member } = useSession();
  const { theme } = usePreferences();
  const signOut = async () => {
    await post('/auth/sign-out');
    queryClient.clear();
    location.assign('/sign-in');
  };
  return (
    <Menu.Root>
      <Menu.Trigger render={<IconButton label={`Account of ${member.name}`} />}>
        <UserRound size={16} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal render={<section aria-label="Account" />}>
        <Menu.Positioner sideOffset={4} align="end" className="z-50">
          <Menu.Popup className={POPUP}>
            <Menu.Group>
              <Menu.GroupLabel className="px-2 py-1.5">
                <span className="block text-13 font-medium">{member.name}</span>
                <span className="block text-12 text-faint">{member.email}</span>
              </Menu.GroupLabel>
              <Menu.Separator className="my-1 border-t border-line" />
              <Menu.RadioGroup
                value={theme}
                onValueChange={(each: Preferences['theme']) => prefer({ theme: each })}
              >
                {THEMES.map(([each, words]) => (
                  <Menu.RadioItem key={each} value={each} className={ITEM} closeOnClick={false}>
                    <Check size={14} aria-hidden className={theme === each ? 'text-accent' : 'invisible'} />
                    {words}
                  </Menu.RadioItem>
                ))}
              </Menu.RadioGroup>
            </Menu.Group>
            <Menu.Separator className="my-1 border-t border-line" />
            <Menu.Item className={ITEM} onClick={onKeys}>
              <Keyboard size={14} aria-hidden /> Keyboard shortcuts{' '}
              <span className="ml-auto">
                <Kbd>?</Kbd>
              </span>
            </Menu.Item>
            <Menu.Item className={ITEM} onClick={() => void signOut()}>
              <LogOut size={14} aria-hidden /> Sign out
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
