/** The rail: where one can go, grouped by what one does there. Narrow windows keep the icons. */
import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { DESTINATION_GROUPS, type Destination } from './destinations.js';

export function Rail({
  scope,
  destinations,
}: {
  readonly scope: string;
  readonly destinations: readonly Destination[];
}) {
  return (
    <nav
      aria-label="Pages"
      className="flex w-12 shrink-0 flex-col gap-3 overflow-y-auto border-r border-line bg-sunken px-2 py-3 min-[1100px]:w-[208px]"
    >
      <Link
        to="/"
        className="flex h-7 items-center gap-2 px-1.5 text-14 font-semibold"
        aria-label="Reeve, home"
      >
        <img src="/icon.svg" alt="" width={20} height={20} />
        <span className="hidden min-[1100px]:inline">Reeve</span>
      </Link>
      {DESTINATION_GROUPS.map((group) => {
        const items = destinations.filter((each) => each.group === group);
        return items.length === 0 ? null : (
          <div key={group}>
            <h2 className="hidden px-1.5 pb-1 text-11 font-medium tracking-wide text-faint uppercase min-[1100px]:block">
              {group}
            </h2>
            <ul className="flex flex-col">
              {items.map((item) => (
                <li key={item.to}>
                  <RailLink item={item} scope={scope} />
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

function RailLink({
  item: { to, label, Icon, key },
  scope,
}: {
  readonly item: Destination;
  readonly scope: string;
}) {
  return (
    <Link
      to={to}
      params={{ scope }}
      activeOptions={{ exact: to === '/$scope', includeSearch: false }}
      title={`${label}  g ${key}`}
      className={clsx(
        'flex h-7 items-center gap-2 rounded-control px-1.5 text-13 text-muted hover:bg-surface hover:text-text',
      )}
      activeProps={{
        className: 'bg-surface !text-text font-medium ring-1 ring-line',
        'aria-current': 'page',
      }}
    >
      <Icon size={15} aria-hidden className="shrink-0" />
      <span className="sr-only min-[1100px]:not-sr-only">{label}</span>
    </Link>
  );
}
