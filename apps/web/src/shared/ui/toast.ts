/** What the server has confirmed, said once, with the way back beside it. `Toasts` shows it. */
import { Toast } from '@base-ui/react/toast';

export const manager = Toast.createToastManager();

export interface Notice {
  readonly title: string;
  readonly description?: string;
  readonly undo?: { readonly label: string; readonly run: () => void };
}

/** What was said before anybody could show it: the manager would drop it. undefined once it is shown at once. */
let unshown: Notice[] | undefined = [];

/** Stays for 8 s, longer when there is something to undo. */
export function notify(notice: Notice): void {
  if (unshown === undefined) show(notice);
  else unshown.push(notice);
}

/** From now on somebody shows them. Returns how to say that nobody does any more. */
export function showNotices(): () => void {
  const before = unshown ?? [];
  unshown = undefined;
  before.forEach(show);
  return () => {
    unshown = [];
  };
}

function show({ title, description, undo }: Notice): void {
  manager.add({
    title,
    ...(description ? { description } : {}),
    timeout: undo ? 20_000 : 8_000,
    ...(undo ? { actionProps: { children: undo.label, onClick: undo.run } } : {}),
  });
}
