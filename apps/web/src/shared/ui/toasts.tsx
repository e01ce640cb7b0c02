/** What the server has confirmed, said once, with the way back beside it. */
import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, IconButton } from './button.js';

const manager = Toast.createToastManager();

export interface Notice {
  readonly title: string;
  readonly description?: string;
  readonly undo?: { readonly label: string; readonly run: () => void };
}

/** Announced politely, above what stands at the foot of a page; stays for 8 s, longer when there is something to undo. */
export function notify({ title, description, undo }: Notice): void {
  manager.add({
    title,
    ...(description ? { description } : {}),
    timeout: undo ? 20_000 : 8_000,
    ...(undo ? { actionProps: { children: undo.label, onClick: undo.run } } : {}),
  });
}

export function Toasts({ children }: { readonly children: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-18 z-60 flex w-[380px] flex-col gap-2">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="pop rounded-card border border-line bg-raised p-3 shadow-float"
    >
      <Toast.Content className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <Toast.Title className="text-13 font-semibold" />
          <Toast.Description className="text-12 text-muted" />
        </div>
        {toast.actionProps && <Toast.Action render={<Button size="sm" />} />}
        <Toast.Close
          render={
            <IconButton label="Dismiss">
              <X size={14} aria-hidden />
            </IconButton>
          }
        />
      </Toast.Content>
    </Toast.Root>
  ));
}
