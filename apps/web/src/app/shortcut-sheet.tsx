/** Every shortcut there is right now, from the registry that runs them. */
import { useRegisteredShortcuts } from '../shared/shortcuts.js';
import { Dialog } from '../shared/ui/dialog.js';
import { Kbd } from '../shared/ui/kbd.js';

const FIRST = ['Everywhere', 'Go to', 'Time'];

export function ShortcutSheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const shortcuts = useRegisteredShortcuts();
  const groups = [...new Set([...FIRST, ...shortcuts.map(({ group }) => group)])].filter((group) =>
    shortcuts.some((each) => each.group === group),
  );
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Keyboard shortcuts"
      description="Single keys can be turned off in Preferences."
      width="w-[680px]"
    >
      <div className="columns-2 gap-8 pb-4">
        {groups.map((group) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-12 text-faint">{group}</h3>
            <dl>
              {shortcuts
                .filter((each) => each.group === group)
                .map(({ keys, label }) => (
                  <div key={keys} className="flex h-6 items-center justify-between gap-3">
                    <dt className="truncate text-13">{label}</dt>
                    <dd className="flex gap-1">
                      {keys.split(/[ +]/).map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
