/**
 * Layers that hold the page: a dialog in the middle, a drawer at the side. The first field has the focus, Ctrl+Enter
 * submits the form inside, Esc closes, focus returns.
 */
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { clsx } from 'clsx';
import { useRef, type ReactNode } from 'react';
import { IconButton } from './button.js';
import { firstField } from './first-field.js';

export interface LayerProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** Stays in sight below what scrolls. */
  readonly footer?: ReactNode;
  /** Hazard stripes on the edge: this stops something. */
  readonly hazard?: boolean;
  readonly width?: string;
}

function Layer({
  open,
  onClose,
  title,
  description,
  children,
  footer,
  hazard,
  place,
}: LayerProps & { readonly place: string }) {
  const body = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="pop fixed inset-0 z-50 bg-scrim" />
        <Base.Popup
          initialFocus={() => firstField(body.current)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            const form = body.current?.querySelector('form');
            if (!form) return;
            // The layer may close at once: what opened it has the focus then, and must not be pressed by the same key.
            event.preventDefault();
            form.requestSubmit();
          }}
          className={clsx(
            'pop fixed z-50 flex flex-col overflow-hidden bg-raised text-text shadow-float outline-none',
            place,
          )}
        >
          {hazard && <div aria-hidden className="hazard h-1.5 shrink-0" />}
          <header className="flex items-start gap-3 px-5 pt-4 pb-2">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-16">{title}</Base.Title>
              {description && (
                <Base.Description className="mt-0.5 text-13 text-muted">{description}</Base.Description>
              )}
            </div>
            <Base.Close
              render={
                <IconButton label="Close (Esc)">
                  <X size={16} aria-hidden />
                </IconButton>
              }
            />
          </header>
          <div ref={body} className="min-h-0 flex-1 overflow-y-auto px-5 py-2">
            {children}
          </div>
          {footer && (
            <footer className="flex items-center justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

export function Dialog({ width = 'w-[560px]', ...props }: LayerProps) {
  return (
    <Layer
      {...props}
      place={clsx(
        'top-[8vh] left-1/2 max-h-[84vh] max-w-[calc(100vw-32px)] -translate-x-1/2 rounded-card border border-line',
        width,
      )}
    />
  );
}

export function Drawer({ width = 'w-[640px]', ...props }: LayerProps) {
  return <Layer {...props} place={clsx('inset-y-0 right-0 max-w-full border-l border-line', width)} />;
}
