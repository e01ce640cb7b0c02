/** Notices of what the server has confirmed, said once, with the way back beside it. `Toasts` shows it. */
import { Toast } from '@base-ui/react/toast';

export const manager = Toast.createToastManager();

interface NoticeAct {
  readonly label: string;
  readonly run: () => void;
}

export interface Notice {
  readonly title: string;
  readonly description?: string;
  readonly undo?: NoticeAct;
  /** The next thing one does with it. */
  readonly next?: NoticeAct;
}

/** Notices given before anybody could show them: the manager would drop it. undefined once it is shown at once. */
let unshown: Notice[] | undefined = [];

/** Stays for 8 s, longer when there is something to do. */
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

function show({ title, description, undo, next }: Notice): void {
  const act = undo ?? next;
  manager.add({
    title,
    ...(description ? { description } : {}),
    timeout: act ? 20_000 : 8_000,
    ...(act ? { actionProps: { children: act.label, onClick: act.run } } : {}),
  });
}
