/** The place where notices appear: announced politely, above what stands at the foot of a page. */
import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { Button, IconButton } from './button.js';
import { manager, showNotices } from './toast.js';

export function Toasts() {
  useEffect(showNotices, []); // after the provider's own effects: it listens by then
  return (
    <Toast.Provider toastManager={manager}>
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
