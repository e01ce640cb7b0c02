/** What the server has confirmed, said once, with the way back beside it. `Toasts` shows it. */
import { Toast } from '@base-ui/react/toast';

export const manager = Toast.createToastManager();

export interface Notice {
  readonly title: string;
  readonly description?: string;
  readonly undo?: { readonly label: string; readonly run: () => void };
}

/** Stays for 8 s, longer when there is something to undo. */
export function notify({ title, description, undo }: Notice): void {
  manager.add({
    title,
    ...(description ? { description } : {}),
    timeout: undo ? 20_000 : 8_000,
    ...(undo ? { actionProps: { children: undo.label, onClick: undo.run } } : {}),
  });
}
