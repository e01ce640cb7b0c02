/** The trail: the pipeline's stages in order, what each found, and where it stopped. */
import { Link } from '@tanstack/react-router';
import { Check, Minus } from 'lucide-react';
import { clsx } from 'clsx';
import { EffectPill } from '../../shared/ui/effect-pill.js';
import { trailStages, type StageView, type TrailEntry } from './trail-stages.js';

export function Trail({ tenant, trail }: { readonly tenant: string; readonly trail: readonly TrailEntry[] }) {
  return (
    <ol className="flex flex-col">
      {trailStages(trail).map((stage, index, all) => (
        <Stage key={stage.stage} tenant={tenant} of={stage} last={index === all.length - 1} />
      ))}
    </ol>
  );
}

const STATES = { passed: 'passed', objected: 'objected', not_reached: 'not reached' } as const;

function Stage({
  tenant,
  of: { stage, question, state, effect, sentence, place, facts },
  last,
}: {
  readonly tenant: string;
  readonly of: StageView;
  readonly last: boolean;
}) {
  return (
    <li className="flex gap-2.5">
      <span aria-hidden className="flex w-5 flex-col items-center">
        <Mark state={state} />
        {!last && <span className={clsx('w-px flex-1', state === 'passed' ? 'bg-line-strong' : 'bg-line')} />}
      </span>
      <div className={clsx('min-w-0 flex-1', !last && 'pb-2.5')}>
        <p
          className={clsx('flex min-h-5 items-center gap-2 text-13', state === 'not_reached' && 'text-faint')}
        >
          <span className="font-medium">{stage}</span>
          {effect ? (
            <EffectPill effect={effect} />
          ) : (
            <span className="text-12 text-faint">{STATES[state]}</span>
          )}
        </p>
        <p className={clsx('text-12', state === 'not_reached' ? 'text-faint' : 'text-muted')}>{question}</p>
        {sentence && (
          <p className={clsx('mt-0.5 text-13 break-words', effect && 'font-medium')}>{sentence}</p>
        )}
        {place && (
          <Link
            to={`/$scope/${place.to}`}
            params={{ scope: tenant }}
            search={place.search}
            className="text-12 text-accent underline underline-offset-2"
          >
            {place.label}
          </Link>
        )}
        {facts.length > 0 && (
          <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 rounded-control bg-sunken px-2 py-1 text-12">
            {facts.map(([name, value], index) => (
              <div key={`${name} ${index}`} className="contents">
                <dt className="font-mono text-muted">{name}</dt>
                <dd className="break-words">{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </li>
  );
}

function Mark({ state }: { readonly state: StageView['state'] }) {
  if (state === 'passed')
    return (
      <span className="mt-0.5 flex size-4 items-center justify-center rounded-full bg-allow-fill text-allow">
        <Check size={11} />
      </span>
    );
  if (state === 'objected')
    return (
      <svg width="16" height="16" viewBox="0 0 10 10" className="mt-0.5 text-deny" fill="currentColor">
        <path d="M3 .5h4L9.5 3v4L7 9.5H3L.5 7V3z" />
      </svg>
    );
  return (
    <span className="mt-0.5 flex size-4 items-center justify-center text-faint">
      <Minus size={12} />
    </span>
  );
}
