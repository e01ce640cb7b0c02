/** Nothing yet, nothing there, something wrong: each says why and what to do next. */
import { useEffect, useState, type ReactNode } from 'react';
import { ago } from '../format.js';
import { useNow } from '../use-now.js';
import { Button } from './button.js';
import { StatusShape, type Tone } from './status.js';

/** Shown after 150 ms only, as tall as what will be there. */
export function Skeleton({ rows = 6 }: { readonly rows?: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <output aria-label="Loading" className="flex flex-col gap-2 p-3">
      {Array.from({ length: rows }, (_, i) => (
        <span key={i} className={late ? 'h-6 animate-pulse rounded-chip bg-line/60' : 'h-6'} />
      ))}
    </output>
  );
}

export function Empty({
  title,
  children,
  tone,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly tone?: Tone;
  readonly action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-10 text-center">
      <p className="flex items-center gap-2 text-14 font-medium">
        {tone && <StatusShape tone={tone} />}
        {title}
      </p>
      {children && <p className="max-w-[52ch] text-13 text-balance text-muted">{children}</p>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}

interface ErrorCardProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
  /** Epoch ms: what is shown below was read then, and not since. */
  readonly asOf?: number | undefined;
}

export function ErrorCard({ error, onRetry, asOf }: ErrorCardProps) {
  const now = useNow();
  const message = error instanceof Error ? error.message : 'Something went wrong.';
  const requestId = (error as { requestId?: string }).requestId;
  return (
    <div role="alert" className="flex items-start gap-3 rounded-card border border-crit bg-surface p-3">
      <span className="mt-1.5">
        <StatusShape tone="crit" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="text-13 font-medium">{message}</p>
        {asOf !== undefined && (
          <p className="text-12 text-muted">
            What is shown was read {ago(new Date(asOf), now)}, and not since.
          </p>
        )}
        {requestId && <p className="mono text-faint">request {requestId}</p>}
      </div>
      {onRetry && (
        <Button size="sm" onClick={onRetry}>
          Retry
        </Button>
      )}
    </div>
  );
}
