/** A state as shape, word and colour. */
import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export type Tone = 'ok' | 'info' | 'warn' | 'crit' | 'unknown';
const TONES: Record<Tone, string> = {
  ok: 'text-ok',
  info: 'text-info',
  warn: 'text-warn',
  crit: 'text-crit',
  unknown: 'text-faint',
};

export function StatusShape({ tone }: { readonly tone: Tone }) {
  return (
    <svg
      width="10"
      height="10"
      viewBox="0 0 10 10"
      aria-hidden
      className={clsx('shrink-0', TONES[tone])}
      fill="currentColor"
    >
      {tone === 'ok' && <circle cx="5" cy="5" r="4" />}
      {tone === 'info' && (
        <circle cx="5" cy="5" r="3.2" fill="none" stroke="currentColor" strokeWidth="1.8" />
      )}
      {tone === 'warn' && <path d="M5 .8 9.6 9H.4z" />}
      {tone === 'crit' && <path d="M3 .5h4L9.5 3v4L7 9.5H3L.5 7V3z" />}
      {tone === 'unknown' && (
        <circle
          cx="5"
          cy="5"
          r="3.6"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeDasharray="2 1.6"
        />
      )}
    </svg>
  );
}

export function Status({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <StatusShape tone={tone} />
      <span>{children}</span>
    </span>
  );
}
